package urgency.orders;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.language.Language;

/**
 * A tap on Buy, parsed: what one browser wants, and what it was shown. A variant occurs once.
 *
 * @param idempotencyKey made by the browser for this tap, sent again when it repeats the request
 * @param language what letters about it are written in
 */
public record Placement(
    OrderId id,
    UUID buyer,
    String idempotencyKey,
    List<Line> lines,
    Language language,
    Instant now) {
  public static final int LINES_MAX = 10;
  public static final int UNITS_MAX = 9;
  public static final int KEY_LENGTH_MAX = 100;

  public Placement {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > LINES_MAX) {
      throw new IllegalArgumentException("lines: " + lines.size());
    }
    if (idempotencyKey.isBlank() || idempotencyKey.length() > KEY_LENGTH_MAX) {
      throw new IllegalArgumentException("key of length " + idempotencyKey.length());
    }
    var seen = new HashSet<VariantId>();
    for (var line : lines) {
      if (line.units() <= 0) throw new IllegalArgumentException("units: " + line.units());
      if (!seen.add(line.variant())) {
        throw new IllegalArgumentException("variant twice: " + line.variant());
      }
    }
  }

  /**
   * Units of one variant.
   *
   * @param shownPrice the price on the phone; the order is refused when ours is another
   */
  public record Line(VariantId variant, int units, Money shownPrice) {}

  /** What became of the tap. */
  public sealed interface Outcome {
    /** The units are held. The same key gives the same order again. */
    record Placed(Order order) implements Outcome {}

    record SoldOut(VariantId variant, int left) implements Outcome {}

    /** Too few are left, and the buyer has some in an order that waits for its payment. */
    record HeldAlready(VariantId variant, int left, OrderId order) implements Outcome {}

    /** The variant is on no open shelf, or its edition ended while the phone showed it. */
    record EditionOver(VariantId variant) implements Outcome {}

    record PriceChanged(VariantId variant, Money price) implements Outcome {}

    record LimitReached(VariantId variant, int max) implements Outcome {}

    /** The key was used before for other lines. */
    record KeyReused() implements Outcome {}
  }
}
