package urgency.trends.tiktokshop;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import urgency.trends.OfficialSettings.Shop;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.tiktokshop.KeptTokens.Token;
import urgency.trends.wire.Fields;
import urgency.trends.wire.Line;
import urgency.trends.wire.OfficialEnvelope;
import urgency.trends.wire.Reply;

/**
 * Keeps the access token alive: TikTok Shop's lives about seven days, and a day before it ends it
 * is exchanged for a new one, if the settings have a refresh token. The answer may bring a new
 * refresh token too; both are kept.
 *
 * <p>{@code GET /api/v2/token/refresh}; {@code access_token_expire_in} is an absolute time in
 * seconds since 1970.
 */
final class Renewal {
  private static final Duration EARLY = Duration.ofDays(1);
  private static final Duration LIFE_MAX = Duration.ofDays(400);
  private static final int TOKEN_MAX = 2_000;
  private static final String WRONG_SIGNATURE = "106001";

  private final Shop settings;
  private final KeptTokens kept;
  private final Line line;

  /** A token to ask with, or why there is none. */
  sealed interface Access {
    record Ready(String token) implements Access {}

    record None(FetchResult why) implements Access {}
  }

  Renewal(Shop settings, KeptTokens kept, Line line) {
    this.settings = settings;
    this.kept = kept;
    this.line = line;
  }

  /** The token of now, renewed before when it would end within a day. */
  Access ready(FetchRequest request) throws InterruptedException {
    if (!settings.renews()) return new Access.Ready(settings.accessToken());
    var known = known();
    if (known.isEmpty()) {
      return settings.accessToken().isEmpty()
          ? renewed(request)
          : new Access.Ready(settings.accessToken());
    }
    var token = known.get();
    if (request.at().plus(EARLY).isBefore(token.until())) return new Access.Ready(token.access());
    var renewed = renewed(request);
    var stillGood = request.at().isBefore(token.until());
    return renewed instanceof Access.None && stillGood ? new Access.Ready(token.access()) : renewed;
  }

  /** Whether an answer says that the token has ended, so that a new one is worth asking for. */
  boolean wants(FetchResult result) {
    if (!settings.renews() || !(result instanceof FetchResult.Refused refused)) return false;
    return !refused.message().startsWith(WRONG_SIGNATURE);
  }

  /** A new token, kept; or what became of asking for it. */
  Access renewed(FetchRequest request) throws InterruptedException {
    var refresh = known().map(Token::refresh).orElse(settings.refreshToken());
    var found = new AtomicReference<Optional<Token>>(Optional.empty());
    var result =
        line.ask(
            request,
            () -> question(refresh),
            it ->
                Reply.of(it, request.at())
                    .classify(root -> read(root, refresh, request.at(), found)));
    var token = found.get();
    if (token.isEmpty()) return new Access.None(result);
    kept.keep(
        TikTokShopSource.ID,
        settings.refreshToken(),
        settings.appSecret(),
        token.get(),
        request.at());
    return new Access.Ready(token.get().access());
  }

  private Optional<Token> known() {
    return kept.find(TikTokShopSource.ID, settings.refreshToken(), settings.appSecret());
  }

  private static FetchResult read(
      JsonNode root, String refresh, Instant now, AtomicReference<Optional<Token>> found) {
    var refusal = OfficialEnvelope.refusal(root);
    if (refusal.isPresent()) return refusal.get();
    var data = root.path("data");
    if (!data.isObject()) return new FetchResult.Retired("0", OfficialEnvelope.message(root));
    var access = text(data.path("access_token"));
    var next = text(data.path("refresh_token"));
    var until = end(data.path("access_token_expire_in"), now);
    // No payload is kept with it: that would be the token itself.
    if (access.isEmpty()) return new FetchResult.Drift("a renewal without access_token");
    if (!until.isAfter(now)) {
      return new FetchResult.Drift("access_token_expire_in is no time ahead of us");
    }
    found.set(Optional.of(new Token(access, until, next.isEmpty() ? refresh : next)));
    return new FetchResult.Unchanged("");
  }

  private HttpRequest.Builder question(String refresh) {
    var query =
        "app_key=%s&app_secret=%s&refresh_token=%s&grant_type=refresh_token"
            .formatted(encoded(settings.appKey()), encoded(settings.appSecret()), encoded(refresh));
    return HttpRequest.newBuilder(URI.create(settings.authUrl() + "/api/v2/token/refresh?" + query))
        .header("Accept", "application/json")
        .header("User-Agent", "UrgencyShelf/1")
        .GET();
  }

  private static String text(JsonNode node) {
    return node.isTextual() && node.asText().length() <= TOKEN_MAX ? node.asText().strip() : "";
  }

  // What is no number is no time ahead; what is too far ahead is looked at again in a year.
  private static Instant end(JsonNode node, Instant now) {
    try {
      var seconds = Fields.whole(node, "access_token_expire_in").orElse(0);
      return Instant.ofEpochSecond(Math.min(seconds, now.plus(LIFE_MAX).getEpochSecond()));
    } catch (Fields.WrongType | java.time.DateTimeException strange) {
      return Instant.EPOCH;
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
