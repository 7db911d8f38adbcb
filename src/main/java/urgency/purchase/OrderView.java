package urgency.purchase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.catalog.Product;
import urgency.catalog.VariantId;
import urgency.claims.Claim;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.OrderStatus;
import urgency.storefront.Frame;
import urgency.storefront.Poster;
import urgency.withdrawals.Withdrawals;
import urgency.words.Text;

/**
 * One order, as its buyer sees it.
 *
 * @param payable whether the payment page can still be opened
 * @param held that its units are held, if that may be said
 * @param waits whether the page goes on by itself as soon as the payment page is open
 * @param moreTime whether more time can be asked for
 * @param receipt whether there is a receipt
 */
record OrderView(
    Frame frame,
    String id,
    String status,
    int version,
    State state,
    List<Line> lines,
    Money total,
    Instant placedAt,
    boolean payable,
    Optional<Claim<Cue.HeldForYou>> held,
    boolean waits,
    boolean moreTime,
    boolean receipt,
    Exit exit,
    CartView.Notice notice,
    List<Step> steps) {

  /**
   * How somebody came here, and what the order offers.
   *
   * @param fromTill sent back by the payment page
   * @param waits sent here since the payment page is not open yet
   * @param moreTime whether its units can be held longer
   */
  record Asked(
      boolean fromTill,
      boolean waits,
      boolean moreTime,
      CartView.Notice notice,
      Withdrawals.Way way) {
    static final Asked PLAIN =
        new Asked(false, false, false, CartView.Notice.NONE, new Withdrawals.Way.None());
  }

  /**
   * The way out of an order.
   *
   * @param kind {@code cancel}, {@code withdraw}, {@code out} or empty
   * @param detail until when, or since when
   */
  record Exit(String kind, Text detail) {
    static Exit of(Withdrawals.Way way) {
      return switch (way) {
        case Withdrawals.Way.Cancel() -> new Exit("cancel", Text.NOTHING);
        case Withdrawals.Way.Withdraw(var until) ->
            new Exit("withdraw", Text.of("withdraw_until", until));
        case Withdrawals.Way.Out(var it) ->
            switch (it.kind()) {
              case CANCEL -> new Exit("", Text.NOTHING);
              case WITHDRAW -> new Exit("out", Text.of("withdraw_received_at", it.at()));
            };
        case Withdrawals.Way.None() -> new Exit("", Text.NOTHING);
      };
    }
  }

  /** A status in words; the tone is {@code good}, {@code care}, {@code fail} or empty. */
  record State(Text label, String tone, String icon, Text headline, Text detail) {}

  record Line(int units, String title, Money sum) {}

  /**
   * A state that exists.
   *
   * @param when {@code done}, {@code now} or {@code next}
   */
  record Step(String when, Text title, Text detail) {}

  /** Orders in a list, newest first. */
  record Listing(Frame frame, List<Row> rows) {}

  /**
   * One of them.
   *
   * @param hue the light around its first product
   * @param poster the picture of that; none when the catalogue no longer has it
   */
  record Row(
      String id,
      Text title,
      Instant placedAt,
      Money total,
      State state,
      int hue,
      Optional<Poster> poster) {}

  static OrderView of(
      Order order, Asked asked, int inCart, Optional<Claim<Cue.Countdown>> ends, Instant now) {
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
            Text.of("title_page", state.label()),
            Text.of("describes_order"),
            "orders",
            inCart,
            ends),
        order.id().toString(),
        order.status().name(),
        order.version(),
        state,
        order.lines().stream().map(it -> new Line(it.units(), it.title(), sum(it))).toList(),
        order.total(),
        order.placedAt(),
        payable,
        held(order, payable, now),
        waits,
        asked.moreTime() && payable,
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

  // A hold is kept while its order can be paid, and a little longer: never less than is said.
  private static Optional<Claim<Cue.HeldForYou>> held(Order order, boolean payable, Instant now) {
    var until = order.holdUntil();
    var evidence = new Evidence.Hold(payable, until, now);
    return Claims.check(new Cue.HeldForYou(until), evidence, now).accepted();
  }

  /** When the hold ends, where that may be said. */
  public Instant holdUntil() {
    return held.map(it -> it.cue().until()).orElse(Instant.EPOCH);
  }

  public boolean holding() {
    return held.isPresent();
  }

  static Listing listing(
      List<Order> orders,
      Map<VariantId, Product> products,
      int inCart,
      Optional<Claim<Cue.Countdown>> ends) {
    return new Listing(
        Frame.of(
            Text.of("title_page", Text.of("your_orders")),
            Text.of("describes_orders"),
            "orders",
            inCart,
            ends),
        orders.stream().map(it -> row(it, products)).toList());
  }

  private static Row row(Order order, Map<VariantId, Product> products) {
    var first = order.lines().getFirst();
    var product = Optional.ofNullable(products.get(first.variant()));
    var more = order.lines().size() - 1;
    return new Row(
        order.id().toString(),
        more > 0 ? Text.of("and_more", first.title(), more) : Text.verbatim(first.title()),
        order.placedAt(),
        order.total(),
        state(order.status(), false),
        product.map(it -> Poster.hue(it.accent())).orElse(0),
        product.map(Poster::thumb));
  }

  private static Money sum(Order.Line line) {
    return line.price().times(line.units());
  }

  static State state(OrderStatus status, boolean fromTill) {
    return switch (status) {
      case HELD ->
          new State(
              Text.of("held_for_you"),
              "care",
              "clock",
              Text.of("held_for_you"),
              Text.of("order_held_detail"));
      case AWAITING_PAYMENT -> fromTill ? confirming() : waiting();
      case PROCESSING ->
          state("care", "clock", Text.of("order_processing"), Text.of("order_processing_detail"));
      case RELEASING -> releasing();
      case PAID -> paid();
      case PARTIALLY_REFUNDED ->
          state(
              "good",
              "check",
              Text.of("order_partly_refunded"),
              Text.of("order_partly_refunded_detail"));
      case EXPIRED -> expired();
      case PAYMENT_FAILED -> failed();
      case REFUND_PENDING ->
          state("care", "clock", Text.of("order_refunding"), Text.of("order_refunding_detail"));
      case REFUNDED ->
          state("good", "check", Text.of("order_refunded"), Text.of("order_refunded_detail"));
      case REFUND_FAILED -> refundDelayed();
      case QUARANTINED -> checked();
    };
  }

  private static State releasing() {
    return new State(
        Text.of("order_releasing"),
        "care",
        "clock",
        Text.of("order_releasing_headline"),
        Text.of("order_releasing_detail"));
  }

  private static State paid() {
    return new State(
        Text.of("order_paid"),
        "good",
        "check",
        Text.of("order_paid_headline"),
        Text.of("order_paid_detail"));
  }

  private static State expired() {
    return new State(
        Text.of("order_expired"),
        "",
        "clock",
        Text.of("order_expired_headline"),
        Text.of("order_not_charged_detail"));
  }

  private static State failed() {
    return new State(
        Text.of("order_failed"),
        "fail",
        "alert",
        Text.of("order_failed_headline"),
        Text.of("order_not_charged_detail"));
  }

  private static State refundDelayed() {
    return new State(
        Text.of("order_refund_delayed"),
        "care",
        "alert",
        Text.of("order_refund_delayed_headline"),
        Text.of("order_refund_delayed_detail"));
  }

  private static State checked() {
    return new State(
        Text.of("order_checked"),
        "care",
        "alert",
        Text.of("order_checked_headline"),
        Text.of("order_checked_detail"));
  }

  private static State opening(Order order) {
    return new State(
        Text.of("held_for_you"),
        "care",
        "clock",
        Text.of("till_later"),
        Text.of("till_later_detail", order.holdUntil()));
  }

  private static State cancelled() {
    return new State(
        Text.of("order_cancelled"),
        "",
        "check",
        Text.of("order_cancelled_headline"),
        Text.of("order_not_charged_detail"));
  }

  private static State state(String tone, String icon, Text label, Text detail) {
    return new State(label, tone, icon, label, detail);
  }

  private static State confirming() {
    return new State(
        Text.of("order_confirming"),
        "care",
        "clock",
        Text.of("order_confirming_headline"),
        Text.of("order_confirming_detail"));
  }

  private static State waiting() {
    return new State(
        Text.of("order_waiting"),
        "care",
        "clock",
        Text.of("held_for_you"),
        Text.of("order_waiting_detail"));
  }

  private static List<Step> steps(Order order) {
    var steps = new ArrayList<Step>();
    steps.add(step("done", "step_held", Text.of("at_moment", order.placedAt())));
    order
        .facts()
        .paidAt()
        .ifPresent(it -> steps.add(step("done", "order_paid", Text.of("at_moment", it))));
    switch (order.status()) {
      case HELD, AWAITING_PAYMENT -> {
        steps.add(step("now", "order_waiting", Text.of("held_until", order.holdUntil())));
        steps.add(step("next", "order_paid", Text.NOTHING));
      }
      case PROCESSING -> steps.add(step("now", "step_bank", Text.NOTHING));
      case RELEASING -> steps.add(step("now", "step_closing", Text.NOTHING));
      case PAID -> {}
      case PARTIALLY_REFUNDED -> steps.add(step("done", "order_partly_refunded", Text.NOTHING));
      case EXPIRED -> steps.add(step("done", "step_back", Text.of("not_charged")));
      case PAYMENT_FAILED -> steps.add(step("done", "order_failed", Text.of("not_charged")));
      case REFUND_PENDING -> steps.add(step("now", "order_refunding", Text.NOTHING));
      case REFUNDED -> steps.add(step("done", "order_refunded", Text.NOTHING));
      case REFUND_FAILED, QUARANTINED -> steps.add(step("now", "step_person", Text.NOTHING));
    }
    return List.copyOf(steps);
  }

  private static Step step(String when, String title, Text detail) {
    return new Step(when, Text.of(title), detail);
  }
}
