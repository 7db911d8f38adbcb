package urgency.trends.business;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Fingerprint;
import urgency.trends.wire.OfficialEnvelope;
import urgency.trends.wire.Reply;

/** One answer of {@code discovery/trending_list}, classified. Live and stored ones alike. */
public final class DiscoveryAnswer {
  private DiscoveryAnswer() {}

  /** Never throws, whatever came. */
  public static FetchResult classify(FetchRequest request, Reply reply) {
    return reply.classify(
        root -> OfficialEnvelope.refusal(root).orElseGet(() -> list(request, root)));
  }

  private static FetchResult list(FetchRequest request, JsonNode root) {
    var data = root.path("data");
    var list = data.path("list");
    if (list.isMissingNode() || list.isNull()) {
      return new FetchResult.Retired("0", OfficialEnvelope.message(root));
    }
    if (!list.isArray()) return Reply.drift(root, "list is " + list.getNodeType());
    var country = data.path("filter_info").path("country_code").asText(request.region());
    if (!country.equals(request.region())) {
      return Reply.drift(root, "asked about %s, told about another".formatted(request.region()));
    }
    if (list.isEmpty()) return new FetchResult.Empty();
    var reader = new DiscoveryRows(request, category(data));
    var read = reader.read(list);
    if (!read.drift().isEmpty()) return Reply.drift(root, read.drift());
    if (read.rows().isEmpty()) return new FetchResult.Empty();
    return new FetchResult.Fresh(
        read.rows(),
        List.of(Reply.bytes(root)),
        Fingerprint.of(read.rows()),
        Fingerprint.shape(list).text(),
        reader.aliases());
  }

  private static List<String> category(JsonNode data) {
    var name = data.path("filter_info").path("category_name").asText("");
    return name.matches("[A-Z_]{1,60}") && !name.equals("ALL") ? List.of(name) : List.of();
  }
}
