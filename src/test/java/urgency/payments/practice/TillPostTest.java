package urgency.payments.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.orders.Order;
import urgency.orders.PaymentDesk.Opening;
import urgency.payments.Samples;
import urgency.payments.Signature;
import urgency.payments.TillSettings;
import urgency.payments.practice.bank.Schedule;
import urgency.payments.practice.bank.TestCard;

class TillPostTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final TestCard CARD = TestCard.token("visa").orElseThrow();
  private static final TestCard SLOW = TestCard.token("debitPays").orElseThrow();

  @Test
  void a_payment_is_told_by_a_webhook_that_is_really_signed() {
    try (var world = new TillWorld(TillSettings.CALM)) {
      pay(world, opened(world));

      Patience.until("the webhook", SOON, () -> !world.arrived.isEmpty());
      var webhook = world.arrived.element();
      assertThat(webhook.text()).contains("\"checkout.session.completed\"");
      assertThat(
              Signature.verify(
                  webhook.signature(),
                  webhook.body(),
                  world.till.webhookSecrets().values(),
                  Samples.NOW))
          .isEqualTo(new Signature.Verdict.Valid());
    }
  }

  @Test
  void an_event_is_sent_again_until_the_shop_has_kept_it() {
    try (var world = new TillWorld(TillSettings.CALM)) {
      world.answer = 503;
      pay(world, opened(world));
      Patience.until("the first attempt", SOON, () -> waiting(world, 1));

      world.answer = 200;
      world.clock.advance(Duration.ofSeconds(2));
      world.till.tick(world.clock.instant());

      Patience.until("the second attempt", SOON, () -> "done".equals(status(world)));
      assertThat(world.arrived).hasSize(2);
    }
  }

  @Test
  void a_till_that_is_killed_goes_on_where_it_was() {
    try (var world = new TillWorld(TillSettings.CALM)) {
      world.answer = 503;
      pay(world, opened(world));
      Patience.until("the first attempt", SOON, () -> waiting(world, 1));
      world.till.close();

      try (var after = new TillWorld(world.database, TillSettings.CALM)) {
        after.clock.advance(Duration.ofSeconds(2));
        after.till.tick(after.clock.instant());

        Patience.until("the webhook", SOON, () -> !after.arrived.isEmpty());
        assertThat(after.till.webhookSecrets().values())
            .isEqualTo(world.till.webhookSecrets().values());
      }
    }
  }

  @Test
  void a_till_told_to_repeat_sends_each_event_twice() {
    try (var world = new TillWorld(TillSettings.CALM.repeating(100))) {
      pay(world, opened(world));

      Patience.until("both copies", SOON, () -> world.arrived.size() == 2);
      var texts = world.arrived.stream().map(TillWorld.Arrived::text).distinct();
      assertThat(texts).hasSize(1);
    }
  }

  @Test
  void a_till_told_to_lose_events_sends_none_but_remembers_them() {
    try (var world = new TillWorld(TillSettings.CALM.losing(100))) {
      var session = opened(world);
      pay(world, session);

      assertThat(status(world)).isEqualTo("dropped");
      assertThat(world.desk.look(session).orElseThrow().paymentStatus()).isEqualTo("paid");
    }
  }

  @Test
  void a_slow_payment_is_told_twice_once_agreed_and_once_come() {
    try (var world = new TillWorld(TillSettings.CALM)) {
      var session = opened(world);
      world.till.pay(session.id(), SLOW, world.clock.instant());
      Patience.until("the agreement", SOON, () -> world.arrived.size() == 1);

      world.clock.advance(Schedule.SLOW);
      world.till.tick(world.clock.instant());

      Patience.until("the money", SOON, () -> world.arrived.size() == 2);
      assertThat(world.arrived)
          .extracting(TillWorld.Arrived::text)
          .last()
          .asString()
          .contains("async_payment_succeeded", "\"payment_status\":\"paid\"");
    }
  }

  private static Order.Session opened(TillWorld world) {
    var opening = world.desk.open(Samples.order(Optional.empty()), world.clock.instant());
    return ((Opening.Opened) opening).session();
  }

  private static void pay(TillWorld world, Order.Session session) {
    world.till.pay(session.id(), CARD, world.clock.instant());
  }

  private static boolean waiting(TillWorld world, int attempts) {
    return world.database.read(
        tx ->
            tx.createQuery(
                    "select count(*) = 1 from practice.delivery"
                        + " where attempts = :attempts and status = 'due' and next_at < :soon")
                .bind("attempts", attempts)
                .bind("soon", world.clock.instant().plusSeconds(5).atOffset(ZoneOffset.UTC))
                .mapTo(Boolean.class)
                .one());
  }

  private static String status(TillWorld world) {
    return world.database.read(
        tx -> tx.createQuery("select status from practice.delivery").mapTo(String.class).one());
  }
}
