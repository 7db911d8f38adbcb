package urgency.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What every answer says about how it may be used. No inline script, no inline style but one that
 * is named by its digest, nothing from elsewhere; forms may lead to this shop and to Stripe's
 * payment page only.
 */
@Singleton
public final class SecurityHeaders {
  /**
   * What a browser has to know before it has read the style sheets: it may show a page earlier, and
   * would give up the transition into it, with a complaint on the console.
   */
  static final String FIRST_STYLE =
      "@media (prefers-reduced-motion: no-preference) { @view-transition { navigation: auto } }";

  private static final String PAGE_POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self' '" + digest(FIRST_STYLE) + "'",
          "img-src 'self' data:",
          "media-src 'self'",
          "font-src 'self'",
          "connect-src 'self'",
          "manifest-src 'self'",
          "worker-src 'self'",
          "form-action 'self' https://checkout.stripe.com",
          "frame-ancestors 'none'",
          "base-uri 'none'");
  private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

  /** A service worker lives by the policy of its own file, and has to fetch. */
  private static final String SCRIPT_POLICY = DATA_POLICY + "; connect-src 'self'";

  /** A header in the form in which it is copied to the wire, made once. */
  record Line(CharSequence name, CharSequence value) {
    static Line of(String name, String value) {
      return new Line(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }
  }

  private final List<Line> page = new ArrayList<>();
  private final List<Line> data = new ArrayList<>();
  private final List<Line> script = new ArrayList<>();

  SecurityHeaders(HttpSettings settings) {
    page.add(Line.of("Content-Security-Policy", PAGE_POLICY));
    page.add(Line.of("X-Content-Type-Options", "nosniff"));
    page.add(Line.of("Referrer-Policy", "strict-origin-when-cross-origin"));
    page.add(Line.of("Cross-Origin-Opener-Policy", "same-origin"));
    page.add(Line.of("Cross-Origin-Resource-Policy", "same-origin"));
    page.add(Line.of("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"));
    page.add(Line.of("X-Frame-Options", "DENY"));
    data.add(Line.of("Content-Security-Policy", DATA_POLICY));
    script.add(Line.of("Content-Security-Policy", SCRIPT_POLICY));
    for (var it : List.of(data, script)) {
      it.add(Line.of("X-Content-Type-Options", "nosniff"));
      it.add(Line.of("Cross-Origin-Resource-Policy", "same-origin"));
    }
    if (settings.secure()) {
      var https = Line.of("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
      page.add(https);
      data.add(https);
      script.add(https);
    }
  }

  /** How a policy names an inline style or script that it lets through. */
  private static String digest(String text) {
    var digest = Compressed.sha256(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  /** All of them, since what follows may be a page. */
  void apply(HttpServerResponse response) {
    var headers = response.headers();
    for (var it : page) headers.set(it.name(), it.value());
  }

  /**
   * The lines that suit a body of this type; a body that is no page cannot run or frame anything.
   */
  List<Line> suiting(String type) {
    if (type.startsWith("text/javascript")) return List.copyOf(script);
    return List.copyOf(type.startsWith("text/html") ? page : data);
  }

  /** Adds lines to an answer that has none of them yet. */
  static void add(MultiMap headers, List<Line> lines) {
    for (var i = 0; i < lines.size(); i++) {
      headers.add(lines.get(i).name(), lines.get(i).value());
    }
  }
}
