package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The twelve ways of a payment, told in any order and with repetitions, end the same. */
class ScenarioTest {
  private static final long TOTAL = 1_900;
  private static final Instant AT = Instant.parse("2026-11-24T18:00:00Z");
  private static final PaymentFacts PAID = PaymentFacts.paid(AT, TOTAL, "pi_1");

  /** A way of a payment, and where it ends. */
  record Scenario(String name, List<PaymentFacts> news, OrderStatus end) {}

  static final List<Scenario> ALL =
      List.of(
          new Scenario("paid", List.of(PaymentFacts.SESSION_COMPLETE, PAID), OrderStatus.PAID),
          new Scenario(
              "slow and paid",
              List.of(PaymentFacts.SESSION_COMPLETE, PAID, PaymentFacts.NONE),
              OrderStatus.PAID),
          new Scenario(
              "slow and failed",
              List.of(PaymentFacts.SESSION_COMPLETE, PaymentFacts.ASYNC_FAILED),
              OrderStatus.PAYMENT_FAILED),
          new Scenario("expired", List.of(PaymentFacts.SESSION_EXPIRED), OrderStatus.EXPIRED),
          new Scenario(
              "refunded in parts",
              List.of(
                  PAID,
                  charge(500),
                  refund("re_1", 500, RefundFacts.State.SUCCEEDED),
                  charge(900),
                  refund("re_2", 400, RefundFacts.State.PENDING),
                  refund("re_2", 400, RefundFacts.State.SUCCEEDED)),
              OrderStatus.PARTIALLY_REFUNDED),
          new Scenario(
              "refunded",
              List.of(PAID, charge(1_900), refund("re_1", 1_900, RefundFacts.State.SUCCEEDED)),
              OrderStatus.REFUNDED),
          new Scenario(
              "refund failed",
              List.of(
                  PAID,
                  charge(1_900),
                  refund("re_1", 1_900, RefundFacts.State.PENDING),
                  refund("re_1", 1_900, RefundFacts.State.SUCCEEDED),
                  refund("re_1", 1_900, RefundFacts.State.FAILED)),
              OrderStatus.REFUND_FAILED),
          new Scenario(
              "dispute lost",
              List.of(
                  PAID,
                  PaymentFacts.disputed(PaymentFacts.Dispute.OPEN),
                  PaymentFacts.disputed(PaymentFacts.Dispute.LOST)),
              OrderStatus.PAID),
          new Scenario(
              "dispute won",
              List.of(
                  PAID,
                  PaymentFacts.disputed(PaymentFacts.Dispute.OPEN),
                  PaymentFacts.disputed(PaymentFacts.Dispute.WON)),
              OrderStatus.PAID),
          new Scenario(
              "expired, then paid",
              List.of(PaymentFacts.CLOSING, PaymentFacts.SESSION_EXPIRED, PAID),
              OrderStatus.PAID),
          new Scenario(
              "cancelled and paid at once",
              List.of(PaymentFacts.CLOSING, PaymentFacts.SESSION_COMPLETE, PAID),
              OrderStatus.PAID),
          new Scenario(
              "redirect before webhook",
              List.of(
                  PaymentFacts.paid(AT.plusSeconds(1), TOTAL, "pi_1"),
                  PaymentFacts.SESSION_COMPLETE,
                  PAID),
              OrderStatus.PAID),
          new Scenario(
              "wrong amount",
              List.of(PaymentFacts.mismatch("amount", 1, "pi_1"), PaymentFacts.SESSION_COMPLETE),
              OrderStatus.QUARANTINED));

  /** What the units did, as the ledger would say. */
  record End(PaymentFacts facts, OrderStatus status, Units units) {}

  enum Units {
    HELD,
    SOLD,
    BACK
  }

  @Property(tries = 10_000)
  void any_order_and_any_repetition_of_a_scenario_end_the_same(
      @ForAll("scenarios") Scenario scenario, @ForAll Random random) {
    var told = new ArrayList<>(scenario.news());
    for (var i = random.nextInt(4); i > 0; i--) {
      told.add(scenario.news().get(random.nextInt(scenario.news().size())));
    }
    Collections.shuffle(told, random);

    var end = end(told);

    assertThat(end).as(scenario.name()).isEqualTo(end(scenario.news()));
    assertThat(end.status()).as(scenario.name()).isEqualTo(scenario.end());
  }

  @Provide
  Arbitrary<Scenario> scenarios() {
    return Arbitraries.of(ALL);
  }

  // The settlement's rule for units, on a shelf where there is always one left.
  private static End end(List<PaymentFacts> news) {
    var facts = PaymentFacts.NONE;
    for (var it : news) facts = facts.and(it);
    var status = OrderStatus.of(facts, true);
    return new End(facts, status, units(facts));
  }

  private static Units units(PaymentFacts facts) {
    if (facts.paidAt().isPresent()) return Units.SOLD;
    return facts.sessionExpired() || facts.asyncFailed() ? Units.BACK : Units.HELD;
  }

  private static PaymentFacts charge(long minor) {
    return PaymentFacts.refund(RefundFacts.charge(minor));
  }

  private static PaymentFacts refund(String id, long minor, RefundFacts.State state) {
    return PaymentFacts.refund(RefundFacts.of(id, new RefundFacts.Refund(minor, state)));
  }
}
