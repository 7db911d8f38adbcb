package urgency.payments.practice.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import urgency.payments.Samples;
import urgency.payments.TillSettings;
import urgency.payments.practice.Contract;
import urgency.payments.practice.wire.Cause;
import urgency.platform.sql.Database;
import urgency.platform.sql.DatabaseSettings;
import urgency.platform.sql.TestDatabase;

/** What the till kept before it was a simulator goes on in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OldTillTest {
  private static final String BEFORE = "12";
  private static final String WISH =
      """
      {"reference":"ord_1","metadata":{"order_id":"ord_1"},"intentMetadata":{"order_id":"ord_1"},
       "lines":[{"name":"Lamp","price":1819,"units":2}],"currency":"usd",
       "successUrl":"http://shop/ok","cancelUrl":"http://shop"}
      """;

  private final Bank bank = Bank.open(TillSettings.CALM, "http://shop", new Random(1));
  private final Cause now = Cause.time(Samples.NOW);
  private Database database;

  @BeforeAll
  void start() {
    var url = TestDatabase.freshUrl();
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:migrations")
        .defaultSchema("platform")
        .table("migration")
        .target(BEFORE)
        .load()
        .migrate();
    var old = Jdbi.create(url);
    session(old, "cs_test_aaaaaaaaaaaaaaaa", "complete", "paid", "pi_paid", "succeeded", false);
    session(old, "cs_test_bbbbbbbbbbbbbbbb", "complete", "unpaid", "pi_slow", "processing", true);
    session(old, "cs_test_cccccccccccccccc", "open", "unpaid", null, null, false);
    database =
        Database.open(
            new DatabaseSettings(url, "", "", 4, Path.of("target"), Optional.empty(), false),
            _ -> {});
  }

  @AfterAll
  void stop() {
    database.close();
  }

  @Test
  void a_payment_of_before_can_be_refunded() {
    var wanted = new Refunds.Wanted(Optional.empty(), "", Map.of());

    var refund = database.write(tx -> bank.refunds().ofIntent(tx, "pi_paid", wanted, now));

    assertThat(refund.path("amount").asLong()).isEqualTo(3_638);
    assertThat(Contract.read().problems("refund", refund.toString())).isEmpty();
  }

  @Test
  void a_slow_payment_of_before_comes() {
    database.write(tx -> bank.clockwork().sweep(tx, Samples.NOW));

    var session = database.read(tx -> bank.sessions().byIntent(tx, "pi_slow")).orElseThrow();
    assertThat(session.paymentStatus()).isEqualTo("paid");
  }

  @Test
  void a_page_of_before_can_be_paid() {
    var card = TestCard.token("visa").orElseThrow();

    var paid =
        database.write(
            tx -> {
              var method = bank.wallet().create(tx, card, now);
              return bank.sessions().pay(tx, "cs_test_cccccccccccccccc", method, now);
            });

    assertThat(paid.orElseThrow().isComplete()).isTrue();
    var lines = database.read(tx -> bank.sessions().lines(tx, paid.orElseThrow()));
    assertThat(lines.getFirst().path("amount_total").asLong()).isEqualTo(3_638);
  }

  @Test
  void objects_of_before_are_as_described() {
    var contract = Contract.read();
    for (var id : new String[] {"pi_paid", "ch_paid", "pi_slow", "ch_slow", "pm_paid"}) {
      var object = database.read(tx -> bank.store().find(tx, id)).orElseThrow();
      assertThat(contract.problems(object.path("object").asText(), object.toString()))
          .as(id)
          .isEmpty();
    }
  }

  private static void session(
      Jdbi old,
      String id,
      String status,
      String payment,
      @org.jspecify.annotations.Nullable String intent,
      @org.jspecify.annotations.Nullable String intentStatus,
      boolean slow) {
    var at = Samples.NOW.minusSeconds(60).atOffset(ZoneOffset.UTC);
    old.useHandle(
        tx ->
            tx.createUpdate(
                    """
                    insert into practice.session
                           (id, status, payment_status, created, expires_at, amount, currency,
                            wish, url, payment_intent, intent_status, settles_at, settles_well)
                    values (:id, :status, :payment, :at, :until, 3638, 'usd',
                            :wish::jsonb, 'http://shop/x', :intent, :intent_status,
                            :settles_at, true)
                    """)
                .bind("id", id)
                .bind("status", status)
                .bind("payment", payment)
                .bind("at", at)
                .bind("until", at.plusHours(1))
                .bind("wish", WISH)
                .bind("intent", intent)
                .bind("intent_status", intentStatus)
                .bind("settles_at", slow ? at : null)
                .execute());
  }
}
