package urgency.orders;

import java.util.Optional;
import java.util.UUID;

/** Identifies an order; in an address it reads {@code ord_} and 32 hexadecimal digits. */
public record OrderId(UUID value) {
  private static final String PREFIX = "ord_";

  public static OrderId fresh() {
    return new OrderId(UUID.randomUUID());
  }

  /** Empty when the text is not an order id. */
  public static Optional<OrderId> parse(String text) {
    if (!text.matches("ord_[0-9a-f]{32}")) return Optional.empty();
    var hex = text.substring(PREFIX.length());
    return Optional.of(
        new OrderId(
            new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16),
                Long.parseUnsignedLong(hex.substring(16), 16))));
  }

  @Override
  public String toString() {
    return PREFIX + value.toString().replace("-", "");
  }
}
