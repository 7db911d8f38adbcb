package urgency.storefront;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Times and small sentences, as a shopper reads them. */
public final class Words {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** A hero line in three lines; one word of it is only an outline. */
  record Line(String before, String open, String word, String after) {}

  private static final List<Line> LINES =
      List.of(
          new Line("Today’s", "", "hype", "is timed"),
          new Line("Blink", "and it’s ", "gone", ""),
          new Line("Trending", "", "now,", "gone soon"),
          new Line("The", "shelf is ", "hot", ""));

  private Words() {}

  /** {@code 18:00}, in UTC. */
  public static String clock(Instant at) {
    return CLOCK.format(at);
  }

  /** {@code 24 Nov 2026, 18:00 UTC}. */
  public static String moment(Instant at) {
    return MOMENT.format(at);
  }

  /** {@code 24 November 2026, 18:00:07 UTC}, where the second matters. */
  public static String second(Instant at) {
    return SECOND.format(at);
  }

  static Line line(long edition) {
    return LINES.get(Math.floorMod(edition, LINES.size()));
  }

  /** {@code 24 picks · until 18:00 UTC}. */
  static String picks(int slots, Instant closes) {
    return slots + (slots == 1 ? " pick" : " picks") + " · until " + clock(closes) + " UTC";
  }
}
