package urgency.purchase;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.mail.Seller;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.shelf.Edition;
import urgency.storefront.Frame;
import urgency.storefront.Words;

/**
 * The receipt of a paid order, to be printed.
 *
 * @param number of the receipt: the order's own, since an order has one
 * @param refunded what went back since, or is on its way; empty when nothing is
 */
record ReceiptView(
    Frame frame,
    String number,
    String paidAt,
    String placedAt,
    List<Line> lines,
    String total,
    String refunded,
    String payment,
    Seller seller) {

  record Line(int units, String title, String each, String sum) {}

  static ReceiptView of(Order order, Seller seller, int inCart, Optional<Edition> open) {
    var back = order.facts().refund().committedMinor();
    return new ReceiptView(
        Frame.of("Receipt · " + seller.name(), "The receipt of an order.", "orders", inCart, open),
        order.id().toString(),
        Words.moment(order.facts().paidAt().orElse(order.placedAt())),
        Words.moment(order.placedAt()),
        order.lines().stream()
            .map(
                it ->
                    new Line(
                        it.units(),
                        it.title(),
                        it.price().shown(Locale.US),
                        it.price().times(it.units()).shown(Locale.US)))
            .toList(),
        order.total().shown(Locale.US),
        back > 0 ? new Money(back, order.total().currency()).shown(Locale.US) : "",
        order.facts().intent(),
        seller);
  }
}
