package urgency.platform.language;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a visitor wants the shop in calm mode: no countdowns, no motion, no audience, at the same
 * price with the same chance. Chosen by {@code ?calm=on} or {@code ?calm=off}, kept in a cookie;
 * needs no script.
 */
public final class Calm {
  private static final String COOKIE = "shelf_calm=1";
  private static final Duration KEPT = Duration.ofDays(365);

  private Calm() {}

  /** What is asked for now, before what was kept. */
  public static boolean of(HttpServerRequest request) {
    var asked = asked(request.query());
    return asked != null ? asked : kept(request.getHeader(HttpHeaders.COOKIE));
  }

  /** The cookie that keeps a choice just made; empty without one. */
  public static Optional<String> remembering(HttpServerRequest request) {
    var asked = asked(request.query());
    if (asked == null) return Optional.empty();
    return Optional.of(
        asked
            ? COOKIE + "; Path=/; Max-Age=" + KEPT.toSeconds() + "; HttpOnly; SameSite=Lax"
            : COOKIE + "; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  }

  static @Nullable Boolean asked(@Nullable String query) {
    if (query == null) return null;
    for (var part : query.split("&", -1)) {
      if (part.equals("calm") || part.equals("calm=on")) return true;
      if (part.equals("calm=off")) return false;
    }
    return null;
  }

  static boolean kept(@Nullable String cookies) {
    if (cookies == null) return false;
    var at = cookies.indexOf(COOKIE);
    if (at < 0) return false;
    var end = at + COOKIE.length();
    return (at == 0 || cookies.charAt(at - 1) == ' ' || cookies.charAt(at - 1) == ';')
        && (end == cookies.length() || cookies.charAt(end) == ';');
  }
}
