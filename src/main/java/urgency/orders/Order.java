package urgency.orders;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.inventory.HoldId;
import urgency.money.Money;
import urgency.orders.PaymentDesk.Goods;

/**
 * A purchase from the moment its units are held.
 *
 * @param buyer the browser that made it
 * @param holdUntil after this instant the shop tries to take the units back
 * @param session where it is paid, once the payment page exists
 * @param version grows with every change
 */
public record Order(
    OrderId id,
    UUID buyer,
    String idempotencyKey,
    long edition,
    List<Line> lines,
    Money total,
    Instant placedAt,
    Instant holdUntil,
    Optional<Session> session,
    PaymentFacts facts,
    OrderStatus status,
    int version) {
  public Order {
    lines = List.copyOf(lines);
  }

  /** What it is for, as its payment page names it. */
  public Goods goods() {
    return Goods.of(lines);
  }

  HoldId holdId() {
    return new HoldId(id.value());
  }

  /** The order after something changed; its status follows. */
  Order moved(Optional<Session> session, PaymentFacts facts) {
    return new Order(
        id,
        buyer,
        idempotencyKey,
        edition,
        lines,
        total,
        placedAt,
        holdUntil,
        session,
        facts,
        OrderStatus.of(facts, session.isPresent()),
        version + 1);
  }

  Order with(List<Line> lines) {
    return new Order(
        id,
        buyer,
        idempotencyKey,
        edition,
        lines,
        total,
        placedAt,
        holdUntil,
        session,
        facts,
        status,
        version);
  }

  /** Units of one variant at the price that was agreed. */
  public record Line(ProductId product, VariantId variant, String title, int units, Money price) {}

  /** The payment page of an order at the payment provider. */
  public record Session(String id, String url, Instant expiresAt) {}
}
