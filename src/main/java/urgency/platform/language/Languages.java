package urgency.platform.language;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The languages of this shop, and the choice among them: {@code ?lang=} before the cookie that
 * remembers it, before what the browser asks for, before the main one.
 */
@Singleton
@Named("languages")
public final class Languages {
  /** Answers that depend on the language say so to every cache. */
  public static final String VARY = "Accept-Language, Cookie";

  private static final String PARAMETER = "lang=";
  private static final String COOKIE = "shelf_lang=";
  private static final Duration KEPT = Duration.ofDays(365);
  private static final int HEADER_MAX = 400;
  private static final int TAG_MAX = 12;

  private final List<Language> offered;

  public Languages(LanguageSettings settings) {
    this.offered = settings.offered();
  }

  /** In the order in which they are shown. */
  public List<Language> offered() {
    return offered;
  }

  /** For those who ask for nothing that we speak. */
  public Language main() {
    return offered.getFirst();
  }

  /** What an address needs to be in this language for everybody; nothing for the main one. */
  public String suffix(Language language) {
    return language == main() ? "" : "?" + PARAMETER + language.tag();
  }

  /** The language that this request is to be answered in. */
  public Language of(HttpServerRequest request) {
    return of(
        request.query(),
        request.getHeader(HttpHeaders.COOKIE),
        request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
  }

  Language of(@Nullable String query, @Nullable String cookies, @Nullable String accepted) {
    if (query != null) {
      var asked = named(query, PARAMETER, '&');
      if (asked != null) return asked;
    }
    if (cookies != null) {
      var kept = named(cookies, COOKIE, ';');
      if (kept != null) return kept;
    }
    return accepted == null ? main() : best(accepted);
  }

  /** The cookie that remembers a choice just made with {@code ?lang=}; empty without one. */
  public Optional<String> remembering(HttpServerRequest request) {
    var query = request.query();
    if (query == null) return Optional.empty();
    return Optional.ofNullable(named(query, PARAMETER, '&'))
        .map(
            it ->
                "%s%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                    .formatted(
                        COOKIE,
                        it.tag(),
                        KEPT.toSeconds(),
                        "https".equals(request.scheme()) ? "; Secure" : ""));
  }

  private @Nullable Language named(String text, String name, char end) {
    var from = 0;
    while (true) {
      var at = text.indexOf(name, from);
      if (at < 0) return null;
      from = at + name.length();
      var starts = at == 0 || text.charAt(at - 1) == end || text.charAt(at - 1) == ' ';
      if (!starts) continue;
      var stop = text.indexOf(end, from);
      var value = text.substring(from, stop < 0 ? text.length() : stop);
      if (value.length() <= TAG_MAX) return offeredAs(value);
    }
  }

  private @Nullable Language offeredAs(String tag) {
    for (var i = 0; i < offered.size(); i++) {
      if (offered.get(i).tag().equalsIgnoreCase(tag)) return offered.get(i);
    }
    return null;
  }

  /** The offered language with the highest quality (RFC 9110, 12.5.4); ties go to the first. */
  private Language best(String accepted) {
    var best = main();
    var bestQuality = 0.0;
    var text = accepted.length() > HEADER_MAX ? accepted.substring(0, HEADER_MAX) : accepted;
    var from = 0;
    while (from < text.length()) {
      var comma = text.indexOf(',', from);
      var stop = comma < 0 ? text.length() : comma;
      var range = text.substring(from, stop);
      from = stop + 1;
      var quality = quality(range);
      if (quality <= bestQuality) continue;
      var known = matching(range);
      if (known == null) continue;
      best = known;
      bestQuality = quality;
    }
    return best;
  }

  // A wish for de-AT is met by de; the disguise is only worn on demand.
  private @Nullable Language matching(String range) {
    var tag = range.strip();
    var end = 0;
    while (end < tag.length() && Character.isLetter(tag.charAt(end))) end++;
    var primary = tag.substring(0, end);
    if (tag.startsWith("*")) return main();
    for (var i = 0; i < offered.size(); i++) {
      if (offered.get(i).tag().equalsIgnoreCase(primary)) return offered.get(i);
    }
    return null;
  }

  private static double quality(String range) {
    var at = range.indexOf(";q=");
    if (at < 0) return 1;
    try {
      var quality = Double.parseDouble(range.substring(at + 3).strip());
      return quality >= 0 && quality <= 1 ? quality : 0;
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }
}
