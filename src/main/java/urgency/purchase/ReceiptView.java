package urgency.purchase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.mail.Seller;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.storefront.Frame;
import urgency.words.Text;

/**
 * The receipt of a paid order, to be printed.
 *
 * @param number of the receipt: the order's own, since an order has one
 * @param refunded what went back since, or is on its way
 */
record ReceiptView(
    Frame frame,
    String number,
    Instant paidAt,
    Instant placedAt,
    List<Line> lines,
    Money total,
    Money refunded,
    String payment,
    Seller seller) {

  record Line(int units, String title, Money each, Money sum) {}

  static ReceiptView of(
      Order order, Seller seller, int inCart, Optional<Claim<Cue.Countdown>> ends) {
    return new ReceiptView(
        Frame.of(
            Text.of("title_page", Text.of("receipt")),
            Text.of("describes_receipt"),
            "orders",
            inCart,
            ends),
        order.id().toString(),
        order.facts().paidAt().orElse(order.placedAt()),
        order.placedAt(),
        order.lines().stream()
            .map(it -> new Line(it.units(), it.title(), it.price(), it.price().times(it.units())))
            .toList(),
        order.total(),
        new Money(order.facts().refund().committedMinor(), order.total().currency()),
        order.facts().intent(),
        seller);
  }

  /** Whether anything went back. */
  public boolean isRefunded() {
    return refunded.minor() > 0;
  }
}
