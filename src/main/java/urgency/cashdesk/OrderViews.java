package urgency.cashdesk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import urgency.admin.AdminView;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.orders.Orders;
import urgency.orders.PaymentFacts.Dispute;
import urgency.refunds.Refunds;
import urgency.withdrawals.Withdrawals;

/** What the operator's pages about orders show. */
final class OrderViews {
  record Status(String name, boolean chosen) {}

  /**
   * An order in a list.
   *
   * @param dispute what the buyer's bank makes of it, beside the status; empty for nothing
   */
  record Row(
      String id,
      String at,
      String title,
      String total,
      String status,
      String dispute,
      String tone) {}

  /**
   * A page of orders.
   *
   * @param more the id after which the next page begins; empty on the last one
   */
  record Listing(
      AdminView.Frame frame, List<Status> statuses, String chosen, List<Row> rows, String more) {}

  /**
   * @param back how many of its units could be put on the shelf again
   */
  record Line(String title, int units, String price, int back) {}

  record Step(String at, String from, String to, String cause) {}

  record Wish(
      int number,
      String at,
      String amount,
      String state,
      String reason,
      String by,
      String error,
      boolean failed) {}

  /**
   * What is known about the money of an order.
   *
   * @param left what can still be sent back, as it is typed into the form; empty when nothing
   */
  record Sums(
      String total, String taken, String left, String intent, String dispute, String mismatch) {}

  record One(
      AdminView.Frame frame,
      String notice,
      Row head,
      int version,
      boolean quarantined,
      boolean rejectable,
      Sums sums,
      List<Line> lines,
      List<Step> steps,
      List<Wish> wishes,
      String withdrawn) {}

  private OrderViews() {}

  static List<Status> statuses(String chosen) {
    return Arrays.stream(OrderStatus.values())
        .map(it -> new Status(it.name(), it.name().equals(chosen)))
        .toList();
  }

  static Row row(Order order) {
    var first = order.lines().isEmpty() ? "" : order.lines().getFirst().title();
    var others = order.lines().size() - 1;
    return new Row(
        order.id().toString(),
        AdminView.time(order.placedAt()),
        others > 0 ? first + " and " + others + " more" : first,
        shown(order.total()),
        order.status().name(),
        disputed(order.facts().dispute()),
        waits(order.facts().dispute()) ? "care" : tone(order.status()));
  }

  // Also an inquiry has a last day for its answer.
  private static boolean waits(Dispute dispute) {
    return dispute == Dispute.INQUIRY || dispute == Dispute.OPEN;
  }

  private static String disputed(Dispute dispute) {
    return switch (dispute) {
      case NONE -> "";
      case INQUIRY -> "inquiry open";
      case AVERTED -> "dispute averted";
      case OPEN -> "dispute open";
      case WON -> "dispute won";
      case LOST -> "dispute lost";
    };
  }

  static One one(
      AdminView.Frame frame,
      String notice,
      Order order,
      List<Orders.Step> steps,
      List<Refunds.Refund> wishes,
      List<Integer> returnable,
      Withdrawals.Way way) {
    return new One(
        frame,
        notice,
        row(order),
        order.version(),
        order.facts().doubtful(),
        order.facts().rejectable(),
        sums(order),
        lines(order, returnable),
        steps.stream()
            .map(it -> new Step(AdminView.time(it.at()), it.from(), it.to(), it.cause()))
            .toList(),
        wishes.stream()
            .map(
                it ->
                    new Wish(
                        it.number(),
                        AdminView.time(it.at()),
                        shown(it.amount()),
                        it.state().name(),
                        it.reason(),
                        it.by(),
                        it.lastError(),
                        Refunds.hasFailed(it, order)))
            .toList(),
        withdrawn(way));
  }

  private static List<Line> lines(Order order, List<Integer> returnable) {
    var lines = new ArrayList<Line>();
    for (var place = 0; place < order.lines().size(); place++) {
      var it = order.lines().get(place);
      lines.add(new Line(it.title(), it.units(), shown(it.price()), returnable.get(place)));
    }
    return lines;
  }

  private static String withdrawn(Withdrawals.Way way) {
    return switch (way) {
      case Withdrawals.Way.Out(var it) ->
          switch (it.kind()) {
            case CANCEL -> "Cancelled by the buyer on %s UTC.".formatted(AdminView.time(it.at()));
            case WITHDRAW ->
                "Withdrawn by %s on %s UTC. %s"
                    .formatted(
                        it.name(),
                        AdminView.time(it.at()),
                        it.refund()
                            .map(number -> "Refund %d follows from it.".formatted(number))
                            .orElse("The money waits to be sent back."));
          };
      case Withdrawals.Way.Cancel _, Withdrawals.Way.Withdraw _, Withdrawals.Way.None _ -> "";
    };
  }

  /** For people. */
  static String shown(Money money) {
    return money.shown(Locale.US);
  }

  private static Sums sums(Order order) {
    var facts = order.facts();
    var currency = order.total().currency();
    var left = Refunds.leftMinor(order);
    return new Sums(
        shown(order.total()),
        shown(new Money(facts.takenMinor(), currency)),
        left > 0 ? typed(new Money(left, currency)) : "",
        facts.intent(),
        facts.dispute().name(),
        facts.mismatch());
  }

  private static String typed(Money money) {
    var digits = Math.max(0, money.currency().getDefaultFractionDigits());
    return BigDecimal.valueOf(money.minor(), digits).toPlainString();
  }

  private static String tone(OrderStatus status) {
    return switch (status) {
      case PAID -> "good";
      case QUARANTINED, REFUND_FAILED, REFUND_PENDING -> "care";
      case HELD,
          AWAITING_PAYMENT,
          PROCESSING,
          RELEASING,
          PARTIALLY_REFUNDED,
          EXPIRED,
          PAYMENT_FAILED,
          REFUNDED ->
          "plain";
    };
  }
}
