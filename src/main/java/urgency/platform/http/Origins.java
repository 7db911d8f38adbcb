package urgency.platform.http;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Tells whether a write was started by a page of another site. */
final class Origins {
  private Origins() {}

  static boolean foreign(HttpServerRequest request, HttpSettings settings) {
    return foreign(
        request.getHeader("Sec-Fetch-Site"),
        request.getHeader("Origin"),
        request.getHeader("Host"),
        settings.siteUrl());
  }

  /**
   * Every browser of the last years sends {@code Sec-Fetch-Site} or at least {@code Origin} with a
   * write; who sends neither is a program, which no page can steer and which brings its own cookie.
   */
  static boolean foreign(
      @Nullable String fetchSite, @Nullable String origin, @Nullable String host, String siteUrl) {
    if (fetchSite != null) {
      return !fetchSite.equals("same-origin") && !fetchSite.equals("none");
    } else if (origin != null) {
      var scheme = origin.indexOf("://");
      var sameHost = scheme > 0 && origin.substring(scheme + 3).equals(host);
      return !sameHost && !origin.equals(siteUrl);
    } else {
      return false;
    }
  }
}
