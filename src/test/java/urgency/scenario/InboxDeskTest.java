package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.scenario.Owner.coded;
import static urgency.scenario.Owner.where;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** Money in, as an operator sees it, on the built shop. */
class InboxDeskTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static Shop shop;
  private static Owner owner;
  private static Buyer buyer;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    owner = Owner.of(shop);
    buyer = Buyer.of(shop);
  }

  @AfterAll
  static void close() {
    assertThat(shop.log()).doesNotContain("failed (");
    shop.close();
  }

  @Test
  void a_paid_order_is_found_in_the_inbox_with_what_its_event_did() {
    var order = buyer.paid();

    var list = owner.get("/admin/inbox").body();
    assertThat(list).contains("checkout.session.completed", "push", "p99");
    var event = event(order);
    var page = owner.get("/admin/inbox/" + event).body();

    assertThat(page).contains(order, "AWAITING_PAYMENT", "PAID", "client_reference_id");
    assertThat(page).containsIgnoringCase("Stripe-Signature").contains("t=");
    assertThat(where(owner.get("/admin/inbox?id=" + event))).isEqualTo("/admin/inbox/" + event);
    assertThat(owner.get("/admin/inbox?status=done&type=checkout.session.completed").body())
        .contains(event);
    assertThat(owner.get("/admin/inbox?type=refund.created").body()).doesNotContain(event);
  }

  @Test
  void a_dead_letter_stands_first_and_is_replayed_after_it_was_named() {
    var order = buyer.paid();
    var event = event(order);
    run(
        "update payments.inbox set status = 'dead', last_error = 'a lamp fell' where event_id = ?",
        event);
    assertThat(owner.get("/admin/inbox").body()).contains("Dead letters", "a lamp fell");
    assertThat(owner.get("/admin").body()).contains("<b>1</b> dead letters");

    var asked = owner.form("/admin/inbox/replay", "event=" + event);
    assertThat(asked.body()).contains("Replay " + event + "?");
    assertThat(status(event)).isEqualTo("dead");

    var done = owner.form("/admin/inbox/replay", "event=" + event + "&sure=yes");
    assertThat(where(done)).isEqualTo("/admin/inbox/" + event + "?done=1");
    Patience.until("settled again", SOON, () -> status(event).equals("done"));
    assertThat(owner.get("/admin/inbox/" + event).body()).contains("replay");
    assertThat(owner.get("/admin").body()).contains("replay", event);
    assertThat(soldAgain(order)).isEqualTo(1);
  }

  @Test
  void a_type_and_a_stretch_of_time_are_replayed_with_a_count_first() {
    buyer.paid();
    buyer.paid();
    var stretch =
        "type=checkout.session.completed&status=done&from=%s&until=%s"
            .formatted(coded("2020-01-01T00:00"), coded("2099-01-01T00:00"));

    assertThat(owner.form("/admin/inbox/replay", stretch).body())
        .containsPattern("Replay [0-9]+ events\\?")
        .contains("checkout.session.completed", "2020-01-01T00:00");
    assertThat(where(owner.form("/admin/inbox/replay", stretch + "&sure=yes")))
        .matches("/admin/inbox\\?done=[1-9][0-9]*");
    Patience.until("all settled", SOON, () -> count("new") == 0);
    assertThat(count("dead")).isZero();
  }

  @Test
  void a_replay_that_means_nothing_or_too_much_is_refused_by_the_name_of_the_field() {
    for (var bad :
        List.of(
            "",
            "status=new",
            "status=waiting",
            "event=" + coded("<b>"),
            "event=%00",
            "type=" + "a".repeat(300),
            "type=a&from=yesterday",
            "type=a&from=2026-11-24T18:00&until=2026-11-24T18:00",
            "type=a&from=2026-13-45T18:00")) {
      var answer = owner.form("/admin/inbox/replay", bad + "&sure=yes");
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
    }
    for (var bad : List.of("status=x", "type=%00", "until=x", "id=" + coded("a b"))) {
      assertThat(owner.get("/admin/inbox?" + bad).statusCode()).as(bad).isEqualTo(400);
    }
    assertThat(owner.get("/admin/inbox/evt_nothing").statusCode()).isEqualTo(404);
    assertThat(owner.get("/admin/inbox/%00").statusCode()).isEqualTo(404);
  }

  @Test
  void what_an_event_brings_cannot_run_on_the_page() {
    var event = event(buyer.paid());
    run(
        """
        update payments.inbox
           set raw = convert_to('{"id":"<script>alert(1)</script>"}', 'UTF8'),
               last_error = '<img src=x>'
         where event_id = ?
        """,
        event);

    assertThat(owner.get("/admin/inbox/" + event).body())
        .contains("&lt;script&gt;", "&lt;img src=x&gt;")
        .doesNotContain("<script>alert", "<img src=x>");
    run("update payments.inbox set raw = '\\xff00fe' where event_id = ?", event);
    assertThat(owner.get("/admin/inbox/" + event).statusCode()).isEqualTo(200);
  }

  @Test
  void who_gives_the_practice_till_an_address_finds_the_receipt_in_the_mail_folder() {
    var order = buyer.placed(1);
    buyer.pay(order, "ada%40shopper.example");
    buyer.awaits(order, "PAID");

    var letter = shop.data().resolve("mail/" + order + ".RECEIPT.eml");
    Patience.until("the receipt", SOON, () -> Files.exists(letter));
    assertThat(letter).content().contains("To: ada@shopper.example", order);
    // The letter is in its folder a moment before the outbox knows it.
    Patience.until("sent", SOON, () -> owner.get("/admin/mail").body().contains("sent"));
    assertThat(owner.get("/admin/mail").body()).contains(order, "Receipt");
  }

  @Test
  void the_pages_fit_a_phone_and_a_desk() {
    var event = event(buyer.paid());
    run(
        """
        insert into payments.comparison values
               (timestamptz '2026-11-25 03:00Z', 1, 0, 0, '{paid without order cs_test_1}')
            on conflict do nothing
        """);
    try (var phone = Phone.withoutScript()) {
      owner.enter(phone.page());
      owner.look(phone.page(), "/admin/inbox", "inbox");
      owner.look(phone.page(), "/admin/inbox/" + event, "event");
      owner.look(phone.page(), "/admin/orders", "orders");
      owner.look(phone.page(), "/admin", "now");
    }
  }

  private static String event(String order) {
    return shop.database()
        .withHandle(
            it ->
                it.createQuery(
                        """
                        select cause from orders.audit
                         where order_id = :order and "to" = 'PAID' and cause like 'evt%'
                        """)
                    .bind("order", Buyer.uuid(order))
                    .mapTo(String.class)
                    .one());
  }

  private static String status(String event) {
    return shop.database()
        .withHandle(
            it ->
                it.createQuery("select status from payments.inbox where event_id = ?")
                    .bind(0, event)
                    .mapTo(String.class)
                    .one());
  }

  private static int count(String status) {
    return shop.database()
        .withHandle(
            it ->
                it.createQuery("select count(*) from payments.inbox where status = ?")
                    .bind(0, status)
                    .mapTo(Integer.class)
                    .one());
  }

  private static int soldAgain(String order) {
    return shop.database()
        .withHandle(
            it ->
                it.createQuery(
                        "select count(*) from orders.audit where order_id = ? and \"to\" = 'PAID'")
                    .bind(0, Buyer.uuid(order))
                    .mapTo(Integer.class)
                    .one());
  }

  private static void run(String sql, Object... values) {
    shop.database().useHandle(it -> it.execute(sql, values));
  }
}
