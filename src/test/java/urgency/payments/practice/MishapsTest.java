package urgency.payments.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.orders.PaymentDesk.Opening;
import urgency.orders.PaymentDesk.Trouble;
import urgency.payments.PaymentSettings;
import urgency.payments.Samples;
import urgency.payments.Signature;
import urgency.payments.TestClock;
import urgency.payments.TillSettings;
import urgency.payments.practice.bank.TestCard;
import urgency.platform.http.HttpSettings;
import urgency.platform.sql.TestDatabase;

class MishapsTest {
  private static final TestCard CARD = TestCard.token("visa").orElseThrow();

  @Test
  void a_calm_till_has_no_mishaps_and_a_wild_one_has_all() {
    var calm = new Mishaps(TillSettings.CALM, new Random(1));
    var wild = new Mishaps(TillSettings.CALM.failing(40, 40, 40), new Random(1));
    var seen = EnumSet.noneOf(Mishaps.Mishap.class);

    for (var i = 0; i < 1_000; i++) {
      assertThat(calm.next()).isEqualTo(Mishaps.Mishap.NONE);
      seen.add(wild.next());
    }

    assertThat(seen).containsExactlyInAnyOrder(Mishaps.Mishap.values());
  }

  @Test
  void a_call_that_failed_may_have_been_carried_out_and_is_repeated_with_its_key() {
    try (var world = new TillWorld(TillSettings.CALM.failing(70, 0, 0))) {
      var order = Samples.order(Optional.empty());

      Patience.until(
          "a page in spite of errors",
          Duration.ofSeconds(60),
          () -> world.desk.open(order, world.clock.instant()) instanceof Opening.Opened);

      var sessions =
          world.database.read(
              tx ->
                  tx.createQuery("select count(*) from practice.session")
                      .mapTo(Integer.class)
                      .one());
      assertThat(sessions).isEqualTo(1);
    }
  }

  @Test
  void a_till_that_wants_no_calls_says_so_as_stripe_does() throws Exception {
    try (var world = new TillWorld(TillSettings.CALM.failing(0, 100, 0));
        var http = HttpClient.newHttpClient()) {
      var opening = world.desk.open(Samples.order(Optional.empty()), world.clock.instant());
      assertThat(opening)
          .isInstanceOfSatisfying(
              Opening.NotNow.class, it -> assertThat(it.trouble()).isEqualTo(Trouble.TOO_FAST));

      var request = HttpRequest.newBuilder(world.till.apiBase().resolve("/v1/refunds")).build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Stripe-Rate-Limited-Reason")).isPresent();
    }
  }

  @Test
  void a_till_that_does_not_answer_costs_a_caller_its_own_patience_only() {
    try (var world = new TillWorld(TillSettings.CALM.failing(0, 0, 100));
        var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(world.till.apiBase().resolve("/v1/refunds"))
              .timeout(Duration.ofMillis(300))
              .build();

      assertThatThrownBy(() -> http.send(request, HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(java.net.http.HttpTimeoutException.class);
    }
  }

  @Test
  void a_till_whose_clock_is_ahead_signs_by_its_own() {
    var ahead = Duration.ofMinutes(6);
    try (var world = new TillWorld(TillSettings.CALM.ahead(ahead))) {
      var opening = world.desk.open(Samples.order(Optional.empty()), world.clock.instant());
      var session = ((Opening.Opened) opening).session();
      world.till.pay(session.id(), CARD, world.clock.instant());
      Patience.until("the webhook", Duration.ofSeconds(30), () -> !world.arrived.isEmpty());
      var webhook = world.arrived.element();
      var secrets = world.till.webhookSecrets().values();

      assertThat(Signature.verify(webhook.signature(), webhook.body(), secrets, Samples.NOW))
          .isInstanceOf(Signature.Verdict.Invalid.class);
      assertThat(
              Signature.verify(
                  webhook.signature(), webhook.body(), secrets, Samples.NOW.plus(ahead)))
          .isEqualTo(new Signature.Verdict.Valid());
    }
  }

  @Test
  void a_till_told_to_shuffle_lets_later_events_overtake() {
    try (var world = new TillWorld(TillSettings.CALM.shuffling(100))) {
      var desk = world.desk;
      for (var i = 0; i < 8; i++) {
        var opening = desk.open(Samples.order(Optional.empty()), world.clock.instant());
        world.till.pay(((Opening.Opened) opening).session().id(), CARD, world.clock.instant());
      }

      var held =
          world.database.read(
              tx ->
                  tx.createQuery(
                          """
                          select count(*)
                            from practice.delivery a
                            join practice.event x on x.id = a.event_id
                            join practice.event y on y.number > x.number
                            join practice.delivery b on b.event_id = y.id
                           where b.next_at < a.next_at
                          """)
                      .mapTo(Integer.class)
                      .one());
      assertThat(held).isPositive();
    }
  }

  @Test
  void beside_a_stripe_key_the_till_never_opens() {
    var database = TestDatabase.fresh();
    try (database) {
      for (var key : List.of("sk_live_1", "rk_live_1", "sk_test_1")) {
        var settings =
            new PaymentSettings(
                key, List.of("whsec_1"), URI.create("https://api.stripe.com"), TillSettings.CALM);
        var http = new HttpSettings("127.0.0.1", 9, 0, Optional.empty(), false, 100, Path.of("x"));
        var till = new Till(database, settings, http, new TestClock(Samples.NOW));

        assertThat(till.isWanted()).isFalse();
        assertThatThrownBy(till::apiBase).hasMessageContaining("never opens beside a Stripe key");
      }
    }
  }
}
