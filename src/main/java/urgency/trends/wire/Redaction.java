package urgency.trends.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Takes people out of an answer before anything of it is kept. */
public final class Redaction {
  private static final Set<String> PERSONAL =
      Set.of(
          "topCreators",
          "creators",
          "creator",
          "author",
          "itemAuthorInfo",
          "itemAuthorMetrics",
          "authorID",
          "creatorID",
          "handleName",
          "handlerName",
          "nickname",
          "nickName",
          "nick_name",
          "author_name",
          "author_url",
          "avatar_url",
          "avatarURI",
          "followedCnt",
          "followers",
          "bio",
          "avatar",
          "handle",
          "username",
          "follower_cnt");

  private Redaction() {}

  /** Removes whatever is about a person, at any depth. */
  public static void apply(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(PERSONAL);
      object.forEach(Redaction::apply);
    } else if (node instanceof ArrayNode array) {
      array.forEach(Redaction::apply);
    }
  }
}
