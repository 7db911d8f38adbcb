package urgency.scoring;

import java.time.Instant;
import java.util.List;
import urgency.catalog.ProductId;

/**
 * Virality Potential and Urgency of one product at one moment, with the reasons.
 *
 * @param virality 0 to 100
 * @param urgency 0 to 100: chance that waiting until the horizon's end is too late
 * @param expectedOrders orders expected within the horizon
 * @param sellOutChance 0 to 1: chance that the units run out within the horizon
 * @param worth orders that the expectation rests on: the shape of its gamma posterior
 * @param value what the shelf gains by showing it, in minor units of margin; ranks the shelf
 * @param parts exact additive shares of {@code ln value}; they sum to {@code ln value}
 * @param reason one sentence for people
 * @param trend the strongest linked trend in words, empty when there is none
 */
public record Score(
    ProductId product,
    int virality,
    int urgency,
    double expectedOrders,
    double sellOutChance,
    double worth,
    double value,
    List<Part> parts,
    String reason,
    String trend,
    String scorer,
    Instant at) {
  public Score {
    parts = List.copyOf(parts);
    if (virality < 0 || virality > 100) throw new IllegalArgumentException("virality " + virality);
    if (!(worth > 0)) throw new IllegalArgumentException("worth " + worth);
    if (urgency < 0 || urgency > 100) throw new IllegalArgumentException("urgency " + urgency);
  }

  /** One share of the score, in nats. */
  public record Part(String name, double nats) {}
}
