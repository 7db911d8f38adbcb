package urgency.purchase;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.orders.Order;
import urgency.shelf.Edition;
import urgency.storefront.Frame;
import urgency.storefront.Words;
import urgency.withdrawals.Withdrawals;

/**
 * The page on which a buyer confirms the way out of an order.
 *
 * @param until when the period ends; empty where there is none
 */
record ExitView(
    Frame frame,
    String id,
    String placedAt,
    List<OrderView.Line> lines,
    String total,
    String until,
    Form form) {

  /**
   * What the buyer typed.
   *
   * @param known where the confirmation goes when nothing else is typed, in part; empty if unknown
   */
  record Form(String name, String email, String known, CartView.Notice notice) {}

  /**
   * A withdrawal as it was received.
   *
   * @param sentTo where its confirmation goes, in part; empty when nowhere
   */
  record Received(
      Frame frame,
      String id,
      List<OrderView.Line> lines,
      String total,
      String name,
      String at,
      String sentTo) {}

  static ExitView of(Order order, String until, Form form, int inCart, Optional<Edition> open) {
    return new ExitView(
        frame("Leave an order", inCart, open),
        order.id().toString(),
        Words.moment(order.placedAt()),
        lines(order),
        order.total().shown(Locale.US),
        until,
        form);
  }

  static Received received(
      Order order, Withdrawals.Statement it, String sentTo, int inCart, Optional<Edition> open) {
    return new Received(
        frame("Withdrawal received", inCart, open),
        order.id().toString(),
        lines(order),
        order.total().shown(Locale.US),
        it.name(),
        Words.second(it.at()),
        sentTo);
  }

  private static Frame frame(String title, int inCart, Optional<Edition> open) {
    return Frame.of(title + " · Urgency Shelf", "The way out of an order.", "orders", inCart, open);
  }

  private static List<OrderView.Line> lines(Order order) {
    return order.lines().stream()
        .map(
            it ->
                new OrderView.Line(
                    it.units(), it.title(), it.price().times(it.units()).shown(Locale.US)))
        .toList();
  }
}
