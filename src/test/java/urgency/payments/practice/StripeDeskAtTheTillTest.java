package urgency.payments.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.orders.PaymentDesk;
import urgency.orders.PaymentDesk.Closing;
import urgency.orders.PaymentDesk.Goods;
import urgency.orders.PaymentDesk.MoneyBack;
import urgency.orders.PaymentDesk.Opening;
import urgency.orders.PaymentDesk.Refunding;
import urgency.orders.PaymentDeskContract;
import urgency.orders.RefundFacts;
import urgency.payments.Samples;
import urgency.payments.TillSettings;
import urgency.payments.practice.bank.Schedule;
import urgency.payments.practice.bank.TestCard;
import urgency.payments.practice.bank.Wish;
import urgency.payments.stripe.StripeDesk;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StripeDeskAtTheTillTest implements PaymentDeskContract {
  private static final TestCard CARD = TestCard.token("visa").orElseThrow();
  private static final TestCard FAILING = TestCard.token("debitFails").orElseThrow();

  private TillWorld world;
  private PaymentDesk desk;

  @BeforeAll
  void start() {
    world = new TillWorld(TillSettings.CALM);
    desk = world.desk;
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Override
  public PaymentDesk desk() {
    return desk;
  }

  @Override
  public void pay(Order.Session session) {
    world.till.pay(session.id(), CARD, world.clock.instant());
  }

  @Test
  void a_page_is_opened_for_the_whole_amount() {
    var order = Samples.order(Optional.empty());
    var session = opened(order);

    assertThat(desk.look(session))
        .contains(
            new PaymentDesk.SessionState(
                session.id(),
                "open",
                "unpaid",
                4_538,
                "USD",
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(order.goods())));
  }

  @Test
  void the_page_says_what_is_bought_and_for_which_order() {
    var order = Samples.order(Optional.empty());

    var wish = world.till.find(opened(order).id()).orElseThrow().wish();

    assertThat(wish.reference()).isEqualTo(order.id().toString());
    assertThat(wish.metadata()).containsEntry("order_id", order.id().toString());
    assertThat(wish.intentMetadata()).containsEntry("order_id", order.id().toString());
    assertThat(wish.lines()).contains(new Wish.Line("Moon lamp & stand", 1_819, 2, ""));
    assertThat(wish.successUrl()).endsWith("/back/" + order.id());
  }

  @Test
  void a_page_that_is_opened_ahead_names_no_order_and_is_found_by_its_session() {
    var expires = world.clock.instant().plus(Duration.ofHours(5));
    var lamp = new VariantId(UUID.randomUUID());
    var price = Money.of(1_819, "USD");
    var spare = new PaymentDesk.Spare(UUID.randomUUID(), lamp, "Moon lamp", price, expires);

    var session = ((Opening.Opened) desk.openSpare(spare)).session();

    var wish = world.till.find(session.id()).orElseThrow().wish();
    assertThat(wish.reference()).isEmpty();
    assertThat(wish.metadata()).containsOnlyKeys("spare", "goods");
    assertThat(desk.look(session).orElseThrow().goods()).contains(Goods.one(lamp));
    assertThat(wish.successUrl()).endsWith("/back/session/{CHECKOUT_SESSION_ID}");
    assertThat(session.expiresAt()).isEqualTo(expires.truncatedTo(ChronoUnit.SECONDS));
    assertThat(desk.openSpare(spare)).isEqualTo(new Opening.Opened(session));
  }

  @Test
  void an_order_that_has_its_page_is_given_it_without_a_question() {
    var session = new Order.Session("cs_test_known", "http://till", world.clock.instant());

    assertThat(desk.open(Samples.order(Optional.of(session)), world.clock.instant()))
        .isEqualTo(new Opening.Opened(session));
  }

  @Test
  void a_page_that_was_closed_can_no_longer_be_paid() {
    var session = opened(Samples.order(Optional.empty()));

    assertThat(desk.close(session)).isEqualTo(new Closing.Closed());
    assertThat(world.till.pay(session.id(), CARD, world.clock.instant())).isEmpty();
  }

  @Test
  void a_slow_payment_that_fails_is_seen_when_looked_at() {
    var session = opened(Samples.order(Optional.empty()));
    var now = world.clock.instant();
    world.till.pay(session.id(), FAILING, now);
    assertThat(desk.look(session).orElseThrow().paymentStatus()).isEqualTo("unpaid");

    world.till.tick(now.plus(Schedule.SLOW));

    assertThat(desk.look(session).orElseThrow().paymentStatus()).isEqualTo("failed");
  }

  @Test
  void a_session_nobody_knows_is_not_taken_for_closed() {
    var session = new Order.Session("cs_test_nobody", "http://till", world.clock.instant());

    assertThat(desk.close(session)).isInstanceOf(Closing.Unknown.class);
    assertThat(desk.look(session)).isEmpty();
  }

  @Test
  void a_provider_that_is_away_costs_nothing_but_time() {
    var away = new StripeDesk("sk_test_secret", URI.create("http://127.0.0.1:1"), "http://shop");
    var order = Samples.order(Optional.empty());
    var session = new Order.Session("cs_test_1", "http://till", world.clock.instant());

    assertThat(away.open(order, world.clock.instant())).isInstanceOf(Opening.NotNow.class);
    assertThat(away.close(session)).isInstanceOf(Closing.Unknown.class);
    assertThat(away.look(session)).isEmpty();
  }

  @Test
  void a_key_that_is_refused_is_not_repeated_in_the_answer() {
    var wrong = new StripeDesk("sk_live_secret", world.till.apiBase(), "http://shop");

    var opening = wrong.open(Samples.order(Optional.empty()), world.clock.instant());

    assertThat(opening).isInstanceOf(Opening.NotNow.class);
    assertThat(opening.toString()).doesNotContain("sk_live_secret");
  }

  @Test
  void a_wish_that_changed_under_the_same_key_proves_nothing_and_keeps_the_units() {
    var order = Samples.order(Optional.empty());
    opened(order);
    var moved = new StripeDesk(world.till.apiKey(), world.till.apiBase(), "http://elsewhere");

    assertThat(moved.open(order, world.clock.instant())).isInstanceOf(Opening.NotNow.class);
  }

  @Test
  void an_order_whose_hold_is_long_over_gets_no_page() {
    var late = world.clock.instant().plus(Duration.ofMinutes(60));
    var order = Samples.order(Optional.empty());
    var before = world.clock.instant();
    world.clock.advance(Duration.between(before, late));

    var opening = desk.open(order, late);
    world.clock.advance(Duration.between(late, before));

    assertThat(opening).isInstanceOf(Opening.Refused.class);
  }

  @Test
  void money_goes_back_through_the_same_client_once_for_each_wish() {
    var order = Samples.order(Optional.empty());
    var session = opened(order);
    pay(session);
    var intent = desk.look(session).orElseThrow().paymentIntent().orElseThrow();
    var part = new MoneyBack(order.id(), 1, intent, Money.of(1_819, "USD"));

    var first = desk.refund(part);
    var again = desk.refund(part);
    var tooMuch = desk.refund(new MoneyBack(order.id(), 2, intent, order.total()));

    assertThat(first)
        .isInstanceOfSatisfying(
            Refunding.Sent.class,
            it ->
                assertThat(it.refund())
                    .isEqualTo(new RefundFacts.Refund(1_819, RefundFacts.State.SUCCEEDED)));
    assertThat(again).isEqualTo(first);
    assertThat(tooMuch).isInstanceOf(Refunding.Refused.class);
  }

  @Test
  void a_payment_that_never_was_cannot_go_back() {
    var order = Samples.order(Optional.empty());
    var wish = new MoneyBack(order.id(), 1, "pi_nobody", order.total());

    assertThat(desk.refund(wish)).isInstanceOf(Refunding.Refused.class);
  }

  private Order.Session opened(Order order) {
    return ((Opening.Opened) desk.open(order, world.clock.instant())).session();
  }
}
