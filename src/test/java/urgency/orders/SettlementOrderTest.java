package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.orders.OrderWorld.LAMP;
import static urgency.orders.OrderWorld.MUG;
import static urgency.orders.OrderWorld.NOW;
import static urgency.orders.OrderWorld.buyer;
import static urgency.orders.OrderWorld.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import urgency.orders.PaymentDesk.Goods;
import urgency.orders.PaymentDesk.SessionState;

/** The news of one payment, in every order and with repetitions: the same order comes of it. */
class SettlementOrderTest {
  private static final long SEED = 20_261_124;
  private static final List<List<String>> CONSISTENT =
      List.of(
          List.of("open", "paid"),
          List.of("open", "unpaid", "paid"),
          List.of("open", "unpaid", "failed"),
          List.of("open", "expired"),
          List.of("paid", "refunded 500", "refunded 1900"),
          List.of("paid", "refunded 500", "refunded 900"),
          List.of("unpaid", "paid", "requested", "refunded 1900"),
          List.of("paid", "refund re_1 500 SUCCEEDED", "refund re_2 400 PENDING"),
          List.of("paid", "refunded 1900", "refund re_1 1900 SUCCEEDED"),
          List.of("paid", "refund re_1 1900 SUCCEEDED", "refund re_1 1900 FAILED"),
          List.of("paid", "dispute OPEN", "dispute LOST"),
          List.of("unpaid", "paid", "dispute OPEN", "dispute WON"),
          List.of("paid", "dispute INQUIRY", "dispute AVERTED", "dispute OPEN"),
          List.of("unpaid", "other", "foreign"),
          List.of("open", "unpaid", "other", "refunded 1900"),
          List.of("paid", "foreign"),
          List.of("paid", "cheap", "foreign"),
          List.of("expired", "cheap"),
          List.of("closing", "unpaid", "paid"),
          List.of("closing", "expired"));
  // The provider contradicts itself; how the units went differs, where the order stands does not.
  private static final List<List<String>> CONTRADICTORY =
      List.of(
          List.of("expired", "paid"),
          List.of("unpaid", "failed", "paid"),
          List.of("closing", "expired", "paid", "refunded 1900"));

  private record Row(PaymentFacts facts, OrderStatus status, List<String> ledger) {}

  private static OrderWorld world;
  private static int buyers;

  @BeforeAll
  static void open() {
    world = OrderWorld.fresh();
    world.stocked(LAMP, 10_000);
  }

  @AfterAll
  static void close() {
    assertThat(world.audit()).isEmpty();
    world.close();
  }

  static Stream<List<String>> consistent() {
    return CONSISTENT.stream();
  }

  static Stream<List<String>> contradictory() {
    return CONTRADICTORY.stream();
  }

  @ParameterizedTest
  @MethodSource("consistent")
  void any_order_of_news_ends_in_the_same_row(List<String> news) {
    var rows = new ArrayList<Row>();
    for (var order : permutations(news)) rows.add(settled(order));

    assertThat(rows).containsOnly(settled(news));
  }

  @ParameterizedTest
  @MethodSource("contradictory")
  void any_order_of_contradictions_ends_in_the_same_status_and_units(List<String> news) {
    var ends = new ArrayList<String>();
    for (var order : permutations(news)) {
      var row = settled(order);
      var sold = row.ledger().contains("SELL") || row.ledger().contains("REACQUIRE");
      ends.add(row.status() + (sold ? " sold" : " back"));
    }

    assertThat(ends).containsOnly(ends.getFirst());
  }

  private static Row settled(List<String> news) {
    var id = world.opened(buyer(++buyers), "a", line(LAMP, 1)).id();
    for (var it : news) hear(id, it);
    var order = world.order(id);
    var ledger =
        world.database.read(
            tx ->
                tx.createQuery("select kind from inventory.ledger where hold_id = ? order by kind")
                    .bind(0, id.value())
                    .mapTo(String.class)
                    .list());
    return new Row(order.facts(), order.status(), ledger);
  }

  private static void hear(OrderId id, String news) {
    var order = world.order(id);
    var settlement = world.settlement;
    world.database.change(
        tx -> {
          switch (news.split(" ", -1)[0]) {
            case "open" -> settlement.settle(tx, id, state(order, "open", "unpaid"), news, NOW);
            case "unpaid" ->
                settlement.settle(tx, id, state(order, "complete", "unpaid"), news, NOW);
            case "paid" -> settlement.settle(tx, id, state(order, "complete", "paid"), news, NOW);
            case "expired" ->
                settlement.settle(tx, id, state(order, "expired", "unpaid"), news, NOW);
            case "failed" ->
                settlement.settle(tx, id, state(order, "complete", "failed"), news, NOW);
            case "foreign" -> settlement.settle(tx, id, foreign(order), news, NOW);
            case "other" -> settlement.settle(tx, id, other(order), news, NOW);
            case "cheap" -> settlement.settle(tx, id, cheap(order), news, NOW);
            case "requested" -> settlement.refundAsked(tx, id, 1_900, news, NOW);
            case "refunded" ->
                settlement.refunded(tx, id, Long.parseLong(news.split(" ", -1)[1]), news, NOW);
            case "refund" -> refund(tx, id, news);
            case "dispute" ->
                settlement.disputed(
                    tx, id, PaymentFacts.Dispute.valueOf(news.split(" ", -1)[1]), news, NOW);
            case "closing" -> settlement.fold(tx, id, _ -> PaymentFacts.CLOSING, news, NOW);
            default -> throw new AssertionError(news);
          }
        });
  }

  private static void refund(Handle tx, OrderId id, String news) {
    var parts = news.split(" ", -1);
    var state = RefundFacts.State.valueOf(parts[3]);
    var refund = new RefundFacts.Refund(Long.parseLong(parts[2]), state);
    world.settlement.refund(tx, id, parts[1], refund, news, NOW);
  }

  // Every order of the news, with two of it told again at random places.
  private static List<List<String>> permutations(List<String> news) {
    var random = new Random(SEED);
    var all = new ArrayList<List<String>>();
    for (var order : orders(news)) {
      var told = new ArrayList<>(order);
      for (var i = 0; i < 2; i++) {
        told.add(random.nextInt(told.size() + 1), news.get(random.nextInt(news.size())));
      }
      all.add(told);
    }
    return all;
  }

  private static List<List<String>> orders(List<String> news) {
    if (news.size() < 2) return List.of(news);
    var all = new ArrayList<List<String>>();
    for (var first : news) {
      var rest = new ArrayList<>(news);
      rest.remove(first);
      for (var order : orders(rest)) {
        var whole = new ArrayList<String>();
        whole.add(first);
        whole.addAll(order);
        all.add(whole);
      }
    }
    return all;
  }

  private static SessionState state(Order order, String status, String payment) {
    return new SessionState(
        order.session().orElseThrow().id(),
        status,
        payment,
        order.total().minor(),
        "USD",
        false,
        Optional.empty());
  }

  private static SessionState foreign(Order order) {
    return new SessionState(
        "cs_foreign", "complete", "paid", order.total().minor(), "USD", false, Optional.empty());
  }

  private static SessionState other(Order order) {
    return new SessionState(
        order.session().orElseThrow().id(),
        "complete",
        "paid",
        order.total().minor(),
        "USD",
        false,
        Optional.of("pi_1"),
        Optional.empty(),
        Optional.of(Goods.one(MUG)));
  }

  private static SessionState cheap(Order order) {
    var id = order.session().orElseThrow().id();
    return new SessionState(id, "complete", "paid", 1, "USD", false, Optional.empty());
  }
}
