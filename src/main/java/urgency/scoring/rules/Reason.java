package urgency.scoring.rules;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.Scorer.Link;
import urgency.statistics.NegativeBinomial;
import urgency.trends.Trend;

/** Says in plain English what the numbers of a score are. */
final class Reason {
  private static final double FEW = 10;

  /** Orders are told as the range that eight in ten cases lie in. */
  private static final double LOW = 0.9;

  private static final double HIGH = 0.1;

  private Reason() {}

  /** One sentence, such as an operator may read out. */
  static String of(
      Candidate candidate,
      NegativeBinomial orders,
      double sellOut,
      Duration horizon,
      boolean costAssumed) {
    var said = new StringBuilder();
    said.append(
        "About %s orders (%d to %d) expected in %s with %d left (%d%% chance to sell out)"
            .formatted(
                count(orders.mean()),
                orders.reachedWith(LOW),
                orders.reachedWith(HIGH),
                span(horizon),
                Math.max(0, candidate.unitsLeft()),
                Math.round(sellOut * 100)));
    var links = candidate.links();
    if (links.isEmpty()) {
      said.append("; no trend points to it");
    } else {
      var strongest = links.getFirst().trend();
      said.append("; ").append(strongest.label()).append(' ').append(move(strongest));
      if (links.size() > 1) said.append(", and %d more".formatted(links.size() - 1));
      if (strongest.demo()) said.append(" (demo data)");
    }
    if (costAssumed) said.append("; cost unknown, the usual margin assumed");
    return said.append('.').toString();
  }

  /** The strongest trend in words, empty when there is none. */
  static String trend(List<Link> links) {
    if (links.isEmpty()) return "";
    var strongest = links.getFirst().trend();
    return "%s %s".formatted(strongest.label(), move(strongest));
  }

  /** The stage is a place on the curve; only the last day says which way it goes from there. */
  private static String move(Trend trend) {
    var change = trend.growthPercent();
    var words =
        switch (trend.stage()) {
          case NEW -> "is new";
          case RISING -> change > 0 ? "is rising" : "is near its peak";
          case PEAKED -> "has just peaked";
          case MID -> change > 0 ? "is picking up" : change < 0 ? "is easing" : "is steady";
          case FADING -> change > 0 ? "is low" : "is fading";
          case DORMANT -> "is quiet";
        };
    if (change > 0) return "%s, up %d%% in a day".formatted(words, change);
    return change < 0 ? "%s, down %d%% in a day".formatted(words, -change) : words;
  }

  private static String count(double orders) {
    return orders < FEW
        ? String.format(Locale.ROOT, "%.1f", orders)
        : String.format(Locale.ROOT, "%.0f", orders);
  }

  private static String span(Duration span) {
    var hours = span.toHours();
    if (hours == 0) return span.toMinutes() + " min";
    return hours < 72 ? hours + " h" : span.toDays() + " days";
  }
}
