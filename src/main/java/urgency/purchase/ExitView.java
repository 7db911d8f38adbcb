package urgency.purchase;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.storefront.Frame;
import urgency.withdrawals.Withdrawals;
import urgency.words.Text;

/**
 * The page on which a buyer confirms the way out of an order.
 *
 * @param until when the period ends; it matters only for a withdrawal
 */
record ExitView(
    Frame frame, String id, List<OrderView.Line> lines, Money total, Instant until, Form form) {

  // The second matters to whoever must prove it, in any language.
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

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
      Money total,
      String name,
      String at,
      String sentTo) {}

  static ExitView of(
      Order order, Instant until, Form form, int inCart, Optional<Claim<Cue.Countdown>> ends) {
    return new ExitView(
        frame(inCart, ends), order.id().toString(), lines(order), order.total(), until, form);
  }

  static Received received(
      Order order,
      Withdrawals.Statement it,
      String sentTo,
      int inCart,
      Optional<Claim<Cue.Countdown>> ends) {
    return new Received(
        frame(inCart, ends),
        order.id().toString(),
        lines(order),
        order.total(),
        it.name(),
        SECOND.format(it.at()),
        sentTo);
  }

  private static Frame frame(int inCart, Optional<Claim<Cue.Countdown>> ends) {
    return Frame.of(
        Text.of("title_page", Text.of("your_order")),
        Text.of("describes_exit"),
        "orders",
        inCart,
        ends);
  }

  private static List<OrderView.Line> lines(Order order) {
    return order.lines().stream()
        .map(it -> new OrderView.Line(it.units(), it.title(), it.price().times(it.units())))
        .toList();
  }
}
