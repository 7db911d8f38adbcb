package urgency.engine;

import java.time.Duration;
import java.util.Locale;

/** Spans and numbers as people read them. */
final class Say {
  private static final double FEW = 10;

  private Say() {}

  /** The coarsest unit that still says something: 40 s, 12 min, 3 h 20 min, 4 days. */
  static String span(Duration span) {
    if (span.isNegative()) return "0 s";
    if (span.toMinutes() < 2) return span.toSeconds() + " s";
    if (span.toHours() < 2) return span.toMinutes() + " min";
    if (span.toHours() < 10 && span.toMinutesPart() > 0) {
      return "%d h %d min".formatted(span.toHours(), span.toMinutesPart());
    }
    return span.toHours() < 72 ? span.toHours() + " h" : span.toDays() + " days";
  }

  static String count(double it) {
    return it < FEW && it != Math.rint(it)
        ? String.format(Locale.ROOT, "%.1f", it)
        : String.format(Locale.ROOT, "%,.0f", it);
  }

  static String percent(double share) {
    var percent = 100 * share;
    return percent > 0 && percent < 1
        ? "under 1 %"
        : percent < 100 && percent > 99 ? "over 99 %" : Math.round(percent) + " %";
  }

  static String decimals(int digits, double it) {
    return String.format(Locale.ROOT, "%." + digits + "f", it);
  }

  /** Large numbers in short: 950, 12.3 K, 4.1 M. */
  static String large(long it) {
    if (it < 10_000) return String.format(Locale.ROOT, "%,d", it);
    if (it < 1_000_000) return decimals(1, it / 1e3) + " K";
    return it < 1_000_000_000 ? decimals(1, it / 1e6) + " M" : decimals(1, it / 1e9) + " B";
  }
}
