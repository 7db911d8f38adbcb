package urgency.purchase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.shelf.Edition;
import urgency.storefront.Frame;
import urgency.storefront.Words;
import urgency.withdrawals.Withdrawals;

/**
 * One order, as its buyer sees it.
 *
 * @param payable whether the payment page can still be opened
 * @param holdUntil when the hold ends, empty unless it matters now
 * @param waits whether the page goes on by itself as soon as the payment page is open
 * @param receipt whether there is a receipt
 */
record OrderView(
    Frame frame,
    String id,
    String status,
    int version,
    State state,
    List<Line> lines,
    String total,
    String placedAt,
    boolean payable,
    String holdUntil,
    String holdUntilShown,
    boolean waits,
    boolean receipt,
    Exit exit,
    CartView.Notice notice,
    List<Step> steps) {

  /**
   * How somebody came here, and what the order offers.
   *
   * @param fromTill sent back by the payment page
   * @param waits sent here since the payment page is not open yet
   */
  record Asked(boolean fromTill, boolean waits, CartView.Notice notice, Withdrawals.Way way) {
    static final Asked PLAIN =
        new Asked(false, false, CartView.Notice.NONE, new Withdrawals.Way.None());
  }

  /**
   * The way out of an order.
   *
   * @param kind {@code cancel}, {@code withdraw}, {@code out} or empty
   * @param detail until when, or since when
   */
  record Exit(String kind, String detail) {
    static Exit of(Withdrawals.Way way) {
      return switch (way) {
        case Withdrawals.Way.Cancel() -> new Exit("cancel", "");
        case Withdrawals.Way.Withdraw(var until) ->
            new Exit("withdraw", "Possible until " + Words.moment(until) + ".");
        case Withdrawals.Way.Out(var it) ->
            switch (it.kind()) {
              case CANCEL -> new Exit("", "");
              case WITHDRAW -> new Exit("out", "Received on " + Words.moment(it.at()) + ".");
            };
        case Withdrawals.Way.None() -> new Exit("", "");
      };
    }
  }

  /** A status in words; the tone is {@code good}, {@code care}, {@code fail} or empty. */
  record State(String label, String tone, String icon, String headline, String detail) {}

  record Line(int units, String title, String sum) {}

  /**
   * A state that exists.
   *
   * @param when {@code done}, {@code now} or {@code next}
   */
  record Step(String when, String title, String detail) {}

  /** Orders in a list, newest first. */
  record Listing(Frame frame, List<Row> rows) {}

  record Row(String id, String title, String placedAt, String total, State state) {}

  static OrderView of(Order order, Asked asked, int inCart, Optional<Edition> open) {
    var waits = asked.waits() && order.status() == OrderStatus.HELD;
    var state = waits ? opening(order) : state(order, asked);
    var payable =
        switch (order.status()) {
          case HELD, AWAITING_PAYMENT -> !asked.fromTill();
          case PROCESSING,
              RELEASING,
              PAID,
              PARTIALLY_REFUNDED,
              EXPIRED,
              PAYMENT_FAILED,
              REFUND_PENDING,
              REFUNDED,
              REFUND_FAILED,
              QUARANTINED ->
              false;
        };
    return new OrderView(
        Frame.of(
            state.label() + " · Urgency Shelf",
            "An order and where it stands.",
            "orders",
            inCart,
            open),
        order.id().toString(),
        order.status().name(),
        order.version(),
        state,
        order.lines().stream().map(it -> new Line(it.units(), it.title(), sum(it))).toList(),
        order.total().shown(Locale.US),
        Words.moment(order.placedAt()),
        payable,
        payable ? order.holdUntil().toString() : "",
        Words.clock(order.holdUntil()) + " UTC",
        waits,
        order.facts().sold(),
        Exit.of(asked.way()),
        asked.notice(),
        steps(order));
  }

  private static State state(Order order, Asked asked) {
    var cancelled =
        asked.way() instanceof Withdrawals.Way.Out(var it) && it.kind() == Withdrawals.Kind.CANCEL;
    return cancelled && order.status() == OrderStatus.EXPIRED
        ? cancelled()
        : state(order.status(), asked.fromTill());
  }

  static Listing listing(List<Order> orders, int inCart, Optional<Edition> open) {
    return new Listing(
        Frame.of("Your orders · Urgency Shelf", "Orders of this browser.", "orders", inCart, open),
        orders.stream().map(OrderView::row).toList());
  }

  private static Row row(Order order) {
    var first = order.lines().getFirst();
    var more = order.lines().size() - 1;
    return new Row(
        order.id().toString(),
        first.title() + (more > 0 ? " and " + more + " more" : ""),
        Words.moment(order.placedAt()),
        order.total().shown(Locale.US),
        state(order.status(), false));
  }

  private static String sum(Order.Line line) {
    return line.price().times(line.units()).shown(Locale.US);
  }

  static State state(OrderStatus status, boolean fromTill) {
    return switch (status) {
      case HELD ->
          new State(
              "Held for you",
              "care",
              "clock",
              "Held for you",
              "Your units are set aside. Nothing is charged until you pay.");
      case AWAITING_PAYMENT -> fromTill ? confirming() : waiting();
      case PROCESSING ->
          new State(
              "Payment on its way",
              "care",
              "clock",
              "Payment on its way",
              "Your bank takes its time. Your units stay yours until it has answered.");
      case RELEASING ->
          new State(
              "Hold ending",
              "care",
              "clock",
              "The hold is ending",
              "We are closing the payment page. If you have just paid, it shows here in a moment.");
      case PAID ->
          new State("Paid", "good", "check", "It’s yours", "Paid in full. Your receipt is below.");
      case PARTIALLY_REFUNDED ->
          new State(
              "Partly refunded",
              "good",
              "check",
              "Partly refunded",
              "A part of your money was sent back. Your bank may need some days to show it.");
      case EXPIRED ->
          new State(
              "Expired",
              "",
              "clock",
              "The hold ran out",
              "Your units went back to the shelf. You were not charged.");
      case PAYMENT_FAILED ->
          new State(
              "Payment failed",
              "fail",
              "alert",
              "The payment failed",
              "Your units went back to the shelf. You were not charged.");
      case REFUND_PENDING ->
          new State(
              "Refund on its way",
              "care",
              "clock",
              "Refund on its way",
              "Your money is on its way back. Your bank may need some days to show it.");
      case REFUNDED ->
          new State(
              "Refunded",
              "good",
              "check",
              "Refunded",
              "All of your money was sent back. Your bank may need some days to show it.");
      case REFUND_FAILED ->
          new State(
              "Refund delayed",
              "care",
              "alert",
              "Your refund did not arrive",
              "Your bank sent it back to us. A person looks at it; you need to do nothing.");
      case QUARANTINED ->
          new State(
              "Being checked",
              "care",
              "alert",
              "We are checking this payment",
              "Something about it does not match. A person looks at it; you need to do nothing.");
    };
  }

  private static State opening(Order order) {
    return new State(
        "Held for you",
        "care",
        "clock",
        "It’s yours, opening secure checkout",
        "Your units are held until %s UTC. Many are paying right now; this page takes you on."
            .formatted(Words.clock(order.holdUntil())));
  }

  private static State cancelled() {
    return new State(
        "Cancelled",
        "",
        "check",
        "You cancelled this order",
        "Its units went back to the shelf. You were not charged.");
  }

  private static State confirming() {
    return new State(
        "Confirming",
        "care",
        "clock",
        "Confirming with the bank…",
        "This can take a few seconds; it is safe to close this page.");
  }

  private static State waiting() {
    return new State(
        "Waiting for payment",
        "care",
        "clock",
        "Held for you",
        "The payment page is open. Nothing is charged until you pay there.");
  }

  private static List<Step> steps(Order order) {
    var steps = new ArrayList<Step>();
    steps.add(new Step("done", "Units held", Words.moment(order.placedAt())));
    order.facts().paidAt().ifPresent(it -> steps.add(new Step("done", "Paid", Words.moment(it))));
    switch (order.status()) {
      case HELD, AWAITING_PAYMENT -> {
        steps.add(new Step("now", "Waiting for payment", heldUntil(order.holdUntil())));
        steps.add(new Step("next", "Paid", ""));
      }
      case PROCESSING -> steps.add(new Step("now", "The bank is confirming", ""));
      case RELEASING -> steps.add(new Step("now", "The payment page is being closed", ""));
      case PAID -> {}
      case PARTIALLY_REFUNDED -> steps.add(new Step("done", "Partly refunded", ""));
      case EXPIRED -> steps.add(new Step("done", "Units back on the shelf", "Not charged"));
      case PAYMENT_FAILED -> steps.add(new Step("done", "Payment failed", "Not charged"));
      case REFUND_PENDING -> steps.add(new Step("now", "Refund on its way", ""));
      case REFUNDED -> steps.add(new Step("done", "Refunded", ""));
      case REFUND_FAILED -> steps.add(new Step("now", "A person is looking at it", ""));
      case QUARANTINED -> steps.add(new Step("now", "A person is looking at it", ""));
    }
    return List.copyOf(steps);
  }

  private static String heldUntil(Instant until) {
    return "Held until " + Words.clock(until) + " UTC";
  }
}
