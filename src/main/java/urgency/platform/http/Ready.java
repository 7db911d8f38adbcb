package urgency.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import urgency.platform.http.SecurityHeaders.Line;
import urgency.platform.language.Language;
import urgency.platform.language.Languages;

/**
 * An answer in every encoding with all its headers, made once and sent any number of times; sending
 * it allocates next to nothing.
 */
final class Ready {
  /**
   * What an answer depends on besides its address, as a cache must know it.
   *
   * @param language the one it is in, when it depends on that
   */
  record Vary(String header, Optional<Language> language) {
    static final Vary ENCODING = new Vary("Accept-Encoding", Optional.empty());

    static Vary by(Language language) {
      return new Vary("Accept-Encoding, " + Languages.VARY, Optional.of(language));
    }
  }

  private record Answer(Compressed.Variant variant, List<Line> unchanged, List<Line> whole) {}

  private final Compressed body;
  private final List<Answer> answers = new ArrayList<>();

  Ready(Compressed body, String type, String cacheControl, SecurityHeaders security) {
    this(body, type, cacheControl, Vary.ENCODING, security);
  }

  Ready(Compressed body, String type, String cacheControl, Vary vary, SecurityHeaders security) {
    this.body = body;
    var common = new ArrayList<>(security.suiting(type));
    common.add(Line.of("Cache-Control", cacheControl));
    common.add(Line.of("Vary", vary.header()));
    vary.language().ifPresent(it -> common.add(Line.of("Content-Language", it.tag())));
    answers.add(answer(body.identity(), type, common));
    body.gzip().ifPresent(it -> answers.add(answer(it, type, common)));
    body.brotli().ifPresent(it -> answers.add(answer(it, type, common)));
  }

  /** Sends the whole body, its headers only, or 304 when the client has these bytes already. */
  void send(HttpServerRequest request, boolean withBody) {
    var answer = answer(body.bestFor(request.getHeader(HttpHeaders.ACCEPT_ENCODING)));
    var response = request.response();
    if (matches(request.getHeader(HttpHeaders.IF_NONE_MATCH), answer.variant().etag())) {
      SecurityHeaders.add(response.headers(), answer.unchanged());
      response.setStatusCode(304).end();
    } else {
      SecurityHeaders.add(response.headers(), answer.whole());
      if (withBody) {
        response.end(answer.variant().body());
      } else {
        response.end();
      }
    }
  }

  private Answer answer(Compressed.Variant variant) {
    for (var it : answers) {
      if (it.variant().etag().equals(variant.etag())) return it;
    }
    throw new IllegalStateException("a variant that was never made: " + variant.etag());
  }

  private static Answer answer(Compressed.Variant variant, String type, List<Line> common) {
    var unchanged = new ArrayList<>(common);
    unchanged.add(Line.of("ETag", variant.etag()));
    var whole = new ArrayList<>(unchanged);
    whole.add(Line.of("Content-Type", type));
    whole.add(Line.of("Content-Length", variant.length()));
    variant.encoding().ifPresent(it -> whole.add(Line.of("Content-Encoding", it)));
    return new Answer(variant, List.copyOf(unchanged), List.copyOf(whole));
  }

  private static boolean matches(@Nullable String ifNoneMatch, String etag) {
    return ifNoneMatch != null && (ifNoneMatch.contains(etag) || ifNoneMatch.equals("*"));
  }
}
