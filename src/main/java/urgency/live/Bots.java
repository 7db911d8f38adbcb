package urgency.live;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells programs that look by themselves from browsers with a person in front. */
final class Bots {
  // Words that such programs use of themselves; who hides is kept in check by the caps. Cubot is a
  // make of phones.
  private static final Pattern WORDS =
      Pattern.compile(
          "(?<!cu)bot\\b|crawl|spider|slurp|preview|monitor|uptime|pingdom|headless|lighthouse"
              + "|curl/|wget/|python|java/|okhttp|go-http|axios|node-fetch|undici|scrapy|phantomjs"
              + "|facebookexternalhit|whatsapp/|embedly|feed|httpclient|libwww|k6/|postman|urgency-");

  private Bots() {}

  /** Whether a User-Agent header, empty when there was none, is that of a program. */
  static boolean is(String userAgent) {
    return userAgent.isBlank() || WORDS.matcher(userAgent.toLowerCase(Locale.ROOT)).find();
  }
}
