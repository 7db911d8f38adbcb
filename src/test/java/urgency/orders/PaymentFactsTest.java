package urgency.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class PaymentFactsTest {
  private static final long TOTAL = 1_900;

  @Property
  void and_commutes(@ForAll("facts") PaymentFacts a, @ForAll("facts") PaymentFacts b) {
    assertThat(a.and(b)).isEqualTo(b.and(a));
  }

  @Property
  void and_associates(
      @ForAll("facts") PaymentFacts a,
      @ForAll("facts") PaymentFacts b,
      @ForAll("facts") PaymentFacts c) {
    assertThat(a.and(b).and(c)).isEqualTo(a.and(b.and(c)));
  }

  @Property
  void and_knows_what_it_knew(@ForAll("facts") PaymentFacts a) {
    assertThat(a.and(a)).isEqualTo(a);
    assertThat(a.and(PaymentFacts.NONE)).isEqualTo(a);
  }

  @Property(tries = 10_000)
  void any_order_and_any_repetition_lead_to_the_same_status(
      @ForAll("news") List<PaymentFacts> news, @ForAll Random random, @ForAll boolean session) {
    var other = new ArrayList<>(news);
    for (var i = 0; i < random.nextInt(4); i++) other.add(news.get(random.nextInt(news.size())));
    Collections.shuffle(other, random);

    assertThat(OrderStatus.of(fold(other), session)).isEqualTo(OrderStatus.of(fold(news), session));
  }

  @Property
  void money_that_came_is_never_forgotten(
      @ForAll("facts") PaymentFacts before, @ForAll("facts") PaymentFacts news) {
    var paid = before.and(PaymentFacts.paid(Instant.EPOCH, TOTAL, "pi_1"));

    assertThat(OrderStatus.of(paid.and(news), true))
        .isIn(
            OrderStatus.PAID,
            OrderStatus.PARTIALLY_REFUNDED,
            OrderStatus.REFUND_FAILED,
            OrderStatus.REFUND_PENDING,
            OrderStatus.REFUNDED,
            OrderStatus.QUARANTINED);
  }

  @Property
  void an_order_whose_units_are_back_on_the_shelf_does_not_count_as_keeping_them(
      @ForAll("facts") PaymentFacts any) {
    var facts = any.and(PaymentFacts.RELEASED);
    var status = OrderStatus.of(facts, true);

    if (!facts.resold() && !facts.doubtful()) assertThat(status.keepsUnits()).isFalse();
  }

  @Provide
  Arbitrary<List<PaymentFacts>> news() {
    return facts().list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<PaymentFacts> facts() {
    return Combinators.combine(steps(), refunds(), words()).as((a, b, c) -> a.and(b).and(c));
  }

  private static Arbitrary<PaymentFacts> steps() {
    var seldom =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(true)), Tuple.of(4, Arbitraries.just(false)));
    var paidAt = Arbitraries.longs().between(0, 5).map(Instant::ofEpochSecond).optional(0.4);
    return Combinators.combine(seldom, seldom, seldom, paidAt, seldom, seldom)
        .as(
            (closing, expired, complete, paid, failed, released) -> {
              var facts = PaymentFacts.NONE;
              if (closing) facts = facts.and(PaymentFacts.CLOSING);
              if (expired) facts = facts.and(PaymentFacts.SESSION_EXPIRED);
              if (complete) facts = facts.and(PaymentFacts.SESSION_COMPLETE);
              if (failed) facts = facts.and(PaymentFacts.ASYNC_FAILED);
              if (paid.isPresent()) {
                facts = facts.and(PaymentFacts.paid(paid.get(), TOTAL, "pi_1"));
              }
              if (released) facts = facts.and(PaymentFacts.RELEASED);
              if (released && paid.isPresent()) facts = facts.and(PaymentFacts.RESOLD);
              return facts;
            });
  }

  private static Arbitrary<PaymentFacts> refunds() {
    var minor = Arbitraries.of(0L, 0L, 0L, 900L, 1_900L);
    var state = Arbitraries.of(RefundFacts.State.values());
    var refund = Combinators.combine(minor, state).as(RefundFacts.Refund::new);
    var one =
        Combinators.combine(Arbitraries.of("re_1", "re_2"), refund)
            .as((id, it) -> it.amountMinor() == 0 ? RefundFacts.NONE : RefundFacts.of(id, it));
    return Combinators.combine(minor, minor, one)
        .as(
            (asked, charge, it) ->
                PaymentFacts.refund(
                    RefundFacts.asked(asked).and(RefundFacts.charge(charge)).and(it)));
  }

  private static Arbitrary<PaymentFacts> words() {
    var mismatch = Arbitraries.of("", "", "", "", "amount", "session");
    return Combinators.combine(mismatch, mismatch, Arbitraries.of(PaymentFacts.Dispute.values()))
        .as(
            (why, accepted, dispute) ->
                PaymentFacts.mismatch(why)
                    .and(PaymentFacts.accepted(accepted))
                    .and(PaymentFacts.disputed(dispute)));
  }

  private static PaymentFacts fold(List<PaymentFacts> news) {
    var all = PaymentFacts.NONE;
    for (var it : news) all = all.and(it);
    return all;
  }
}
