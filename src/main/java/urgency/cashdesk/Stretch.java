package urgency.cashdesk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import urgency.platform.http.BadInput;

/** Times as a form sends them. */
final class Stretch {
  private static final Pattern TYPED =
      Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z?");

  private Stretch() {}

  /** In UTC, with or without its Z. */
  static Instant instant(String field, String text) {
    try {
      if (!TYPED.matcher(text).matches()) throw new DateTimeException("not a time");
      return LocalDateTime.parse(text.replace("Z", "")).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException malformed) {
      throw new BadInput(field, "a time in UTC, such as 2026-11-24T18:00");
    }
  }
}
