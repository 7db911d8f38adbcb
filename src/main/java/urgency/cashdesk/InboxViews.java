package urgency.cashdesk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.admin.AdminView;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.payments.Inbox;
import urgency.payments.InboxView;
import urgency.payments.PaymentAudit;
import urgency.refunds.Refunds;
import urgency.withdrawals.Withdrawals;

/** What the operator's pages about money that came in show. */
final class InboxViews {
  /** A word of a list, and whether it is the chosen one. */
  record Option(String word, boolean chosen) {}

  /**
   * One event in a list.
   *
   * @param age since it was received
   * @param took from receipt to done, empty while it waits
   */
  record Row(
      String id,
      String type,
      String status,
      String tone,
      String source,
      int attempts,
      String at,
      String age,
      String took,
      String note) {}

  /**
   * The figures on top.
   *
   * @param p50 half of the latest settled events took no longer
   * @param settled how many events the latencies are of
   */
  record Figures(long waiting, long dead, String p50, String p99, int settled, int refundsDue) {}

  record Due(String order, String amount, String asked, String by, int attempts, String error) {}

  /** A withdrawal whose money waits to be sent back. */
  record Gone(String order, String at, String name) {}

  /**
   * The latest comparison with the provider.
   *
   * @param at empty before the first
   */
  record Audit(
      String at,
      int paidWithoutOrder,
      int orderWithoutPayment,
      int amountMismatch,
      List<String> found) {
    static final Audit NONE = new Audit("", 0, 0, 0, List.of());

    static Audit of(PaymentAudit.Comparison it) {
      return new Audit(
          AdminView.time(it.at()),
          it.figures().paidWithoutOrder(),
          it.figures().orderWithoutPayment(),
          it.figures().amountMismatch(),
          it.found());
    }
  }

  /**
   * What the list is narrowed to.
   *
   * @param older where the next page is; empty on the last one
   */
  record Filter(List<Option> statuses, List<Option> types, boolean narrowed, String older) {}

  record Listing(
      AdminView.Frame frame,
      String notice,
      Figures figures,
      List<Row> dead,
      Filter filter,
      List<Row> rows,
      List<Due> refunds,
      List<Gone> withdrawals,
      Audit audit,
      int replayMax) {}

  /** What an event did to an order. */
  record Did(String order, String at, String from, String to) {}

  /**
   * One event with all that came.
   *
   * @param body pretty when it is JSON, otherwise as it came
   */
  record One(
      AdminView.Frame frame,
      String notice,
      Row row,
      String object,
      String apiVersion,
      boolean live,
      String created,
      String next,
      String headers,
      String body,
      List<Did> did) {}

  private InboxViews() {}

  static Row row(InboxView.Row it, Instant now) {
    return new Row(
        it.eventId(),
        it.type(),
        word(it.status()),
        tone(it.status()),
        it.source(),
        it.attempts(),
        AdminView.time(it.receivedAt()),
        span(Duration.between(it.receivedAt(), now)),
        it.settledAt().map(at -> span(Duration.between(it.receivedAt(), at))).orElse(""),
        it.note());
  }

  static Figures figures(Inbox.Depth depth, InboxView.Latency latency, int refundsDue) {
    return new Figures(
        depth.waiting(),
        depth.dead(),
        span(latency.p50()),
        span(latency.p99()),
        latency.settled(),
        refundsDue);
  }

  static Due due(Refunds.Due it) {
    var refund = it.refund();
    return new Due(
        it.order().toString(),
        OrderViews.shown(refund.amount()),
        AdminView.time(refund.at()),
        refund.by(),
        refund.attempts(),
        refund.lastError());
  }

  static Gone gone(Withdrawals.Statement it) {
    return new Gone(it.order().toString(), AdminView.time(it.at()), it.name());
  }

  static List<Did> did(Map<OrderId, Orders.Step> moved) {
    return moved.entrySet().stream()
        .map(
            it ->
                new Did(
                    it.getKey().toString(),
                    AdminView.time(it.getValue().at()),
                    it.getValue().from(),
                    it.getValue().to()))
        .toList();
  }

  static String word(Inbox.Status status) {
    return switch (status) {
      case NEW -> "waiting";
      case DONE -> "done";
      case IGNORED -> "ignored";
      case DEAD -> "dead";
    };
  }

  /** The status of a word; empty for a word that is none. */
  static Optional<Inbox.Status> status(String word) {
    for (var it : Inbox.Status.values()) {
      if (word(it).equals(word)) return Optional.of(it);
    }
    return Optional.empty();
  }

  /** {@code 38 ms}, {@code 12 s}, {@code 5 min}, {@code 3 h} or {@code 2 d}, rounded down. */
  static String span(Duration span) {
    if (span.isNegative()) return "0 ms";
    if (span.toSeconds() < 1) return span.toMillis() + " ms";
    if (span.toMinutes() < 2) return span.toSeconds() + " s";
    if (span.toHours() < 2) return span.toMinutes() + " min";
    if (span.toDays() < 2) return span.toHours() + " h";
    return span.toDays() + " d";
  }

  private static String tone(Inbox.Status status) {
    return switch (status) {
      case DONE -> "good";
      case DEAD -> "care";
      case NEW, IGNORED -> "plain";
    };
  }
}
