package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.scenario.Owner.coded;
import static urgency.scenario.Owner.where;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** What comes after the payment: receipts, letters, the way out, and money sent back. */
class AftercareTest {
  private static final String EMAIL = "ada@shopper.example";
  private static final Duration SOON = Duration.ofSeconds(60);

  private static StripeStandIn stripe;
  private static Shop shop;
  private static Owner owner;

  @BeforeAll
  static void open() {
    stripe = new StripeStandIn();
    var settings = new HashMap<>(stripe.settings());
    settings.put("URGENCY_SHOP_LEGAL_NAME", "Lamp & Co Ltd");
    settings.put("URGENCY_SHOP_LEGAL_ADDRESS", "1 Lamp Street; 10115 Berlin");
    settings.put("URGENCY_SHOP_LEGAL_EMAIL", "help@shop.example");
    settings.put("URGENCY_SHOP_LEGAL_TAX_ID", "DE123456789");
    shop = Shop.open(settings);
    owner = Owner.of(shop);
    Shelf.of(shop);
  }

  @AfterAll
  static void close() {
    assertThat(shop.log()).doesNotContain("failed (", EMAIL);
    shop.close();
    stripe.close();
  }

  @Test
  void a_payment_told_five_times_brings_one_receipt_by_mail_and_one_to_print() throws Exception {
    var buyer = Buyer.of(shop);
    var order = paid(buyer, 2, 5);

    var mail = letter(order, "RECEIPT");
    assertThat(mail.getAllRecipients()).singleElement().hasToString(EMAIL);
    assertThat(mail.getReplyTo()[0]).hasToString("help@shop.example");
    var parts = (MimeMultipart) mail.getContent();
    for (var part = 0; part < 2; part++) {
      assertThat(parts.getBodyPart(part).getContent().toString())
          .contains(order, "Lamp Street", "DE123456789", "/orders/" + order + "/receipt")
          .doesNotContain("<img", "@import", "<script");
    }
    assertThat(parts.getBodyPart(0).getContent().toString()).contains("Lamp & Co Ltd", "2 x ");
    assertThat(parts.getBodyPart(1).getContent().toString()).contains("Lamp &amp; Co Ltd");

    assertThat(buyer.get("/orders/" + order).body()).contains("/orders/" + order + "/receipt");
    assertThat(buyer.get("/orders/" + order + "/receipt").body())
        .contains(order, "Lamp &amp; Co Ltd", "10115 Berlin", "DE123456789", "2 ×", "pi_cs_test_");
    assertThat(shop.get("/orders/" + order + "/receipt").statusCode()).isEqualTo(404);
  }

  @Test
  void who_needs_more_time_to_pay_asks_once_and_strangers_cannot() {
    var buyer = Buyer.of(shop);
    var order = buyer.placed(1);
    var path = "/orders/" + order + "/more-time";
    assertThat(buyer.get("/orders/" + order).body()).contains("I need more time");
    assertThat(shop.form(path, "").statusCode()).isEqualTo(404);

    assertThat(where(buyer.post(path, ""))).isEqualTo("/orders/" + order);
    assertThat(where(buyer.post(path, ""))).isEqualTo("/orders/" + order);

    assertThat(buyer.get("/orders/" + order).body()).doesNotContain("I need more time");
  }

  @Test
  void an_order_that_is_not_paid_has_no_receipt_and_can_be_cancelled_in_two_steps() {
    var buyer = Buyer.of(shop);
    var order = buyer.placed(1);
    assertThat(where(buyer.get("/orders/" + order + "/receipt"))).isEqualTo("/orders/" + order);
    assertThat(buyer.get("/orders/" + order).body()).contains("Cancel this order");
    assertThat(buyer.get("/orders/" + order + "/cancel").body()).contains("Cancel this order?");
    assertThat(stripe.state(order)).isEqualTo("open");

    assertThat(where(buyer.post("/orders/" + order + "/cancel", ""))).isEqualTo("/orders/" + order);
    assertThat(where(buyer.post("/orders/" + order + "/cancel", ""))).isEqualTo("/orders/" + order);

    buyer.awaits(order, "EXPIRED");
    assertThat(stripe.state(order)).isEqualTo("expired");
    assertThat(buyer.get("/orders/" + order + "?fresh").body())
        .contains("You cancelled this order")
        .doesNotContain("/cancel\"");
    assertThat(Files.exists(file(order, "RECEIPT"))).isFalse();
  }

  @Test
  void a_withdrawal_is_received_once_and_confirmed_on_the_page_and_by_mail() throws Exception {
    var buyer = Buyer.of(shop);
    var order = paid(buyer, 1, 1);
    var path = "/orders/" + order + "/withdraw";
    assertThat(buyer.get("/orders/" + order).body()).contains("Withdraw from contract here");
    assertThat(buyer.get(path).body()).contains("Confirm withdrawal", "a…@shopper.example");

    for (var bad : List.of("", "name=" + coded("A\r\nB"), "name=Ada&email=" + coded("a@b\r\nc"))) {
      var answer = buyer.post(path, bad);
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
    }
    assertThat(shop.form(path, "name=Eve").statusCode()).isEqualTo(404);
    var foreign =
        shop.form(path, "name=A", "Cookie", buyer.cookie(), "Origin", "https://evil.example");
    assertThat(foreign.statusCode()).isEqualTo(403);

    var done = "name=" + coded("Ada <b>Lovelace</b>");
    assertThat(where(buyer.post(path, done))).isEqualTo("/orders/" + order + "/withdrawn");
    assertThat(where(buyer.post(path, done))).isEqualTo("/orders/" + order + "/withdrawn");
    var page = buyer.get("/orders/" + order + "/withdrawn").body();
    assertThat(page).contains("Withdrawal received", "&lt;b&gt;Lovelace", " UTC");

    var mail = (MimeMultipart) letter(order, "WITHDRAWN").getContent();
    assertThat(mail.getBodyPart(0).getContent().toString())
        .contains("Ada <b>Lovelace</b>", "I withdraw from the contract", order, "Received: ");
    assertThat(mail.getBodyPart(1).getContent().toString()).doesNotContain("<b>Lovelace");
    assertThat(owner.get("/admin/inbox").body()).contains("Withdrawals to be paid back", order);
  }

  @Test
  void an_operator_sends_the_money_of_one_unit_back_and_the_buyer_hears_of_it() throws Exception {
    var buyer = Buyer.of(shop);
    var order = paid(buyer, 2, 1);
    var left = left(order);

    var form = "units=1&reason=scratched&restock=yes&version=" + version(order);
    var asked = owner.form("/admin/orders/" + order + "/refund", form);
    assertThat(asked.body()).contains("Back on the shelf: 1 ×");
    assertThat(where(owner.form("/admin/orders/" + order + "/refund", form + "&sure=yes")))
        .endsWith("done=refund");

    buyer.awaits(order, "PARTIALLY_REFUNDED");
    assertThat(left(order)).isEqualTo(left + 1);
    Patience.until("the letter", SOON, () -> list("REFUND_SENT", order).size() == 1);
    assertThat(owner.get("/admin/mail").body()).contains("Refund sent", order, "sent");
    assertThat(buyer.get("/orders/" + order + "/receipt").body()).contains("Sent back");
  }

  @Test
  void a_refund_that_failed_is_sent_once_more_by_a_person() {
    var buyer = Buyer.of(shop);
    var order = paid(buyer, 1, 1);
    stripe.refusesRefunds(true);
    owner.form(
        "/admin/orders/" + order + "/refund",
        "units=1&reason=x&sure=yes&version=" + version(order));
    buyer.awaits(order, "REFUND_FAILED");
    stripe.refusesRefunds(false);
    assertThat(owner.get("/admin/orders/" + order).body()).contains("Send once more");

    var form = "number=1&version=" + version(order);
    assertThat(owner.form("/admin/orders/" + order + "/again", form).body())
        .contains("back once more?", order);
    var first = owner.form("/admin/orders/" + order + "/again", form + "&sure=yes");
    var second = owner.form("/admin/orders/" + order + "/again", form + "&sure=yes");

    assertThat(where(first)).endsWith("done=refund");
    assertThat(where(second)).endsWith("done=changed");
    buyer.awaits(order, "REFUNDED");
    for (var bad : List.of("number=7", "number=x", "number=1&version=x")) {
      assertThat(owner.form("/admin/orders/" + order + "/again", bad).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void dead_letters_are_shown_and_sent_once_more_after_they_were_named() {
    var order = paid(Buyer.of(shop), 1, 1);
    // The letter is in its folder a moment before the outbox knows it.
    Patience.until("sent", SOON, () -> letters(order, "SENT") == 1);
    run(
        "update mail.letter set state = 'DEAD', last_error = '<i>full</i>' where order_id = ?",
        Buyer.uuid(order));
    assertThat(owner.get("/admin/mail").body()).contains("Dead letters", "&lt;i&gt;full", order);

    assertThat(owner.form("/admin/mail/again", "order=" + order).body())
        .contains("Send dead letters of " + order);
    assertThat(where(owner.form("/admin/mail/again", "sure=yes&order=" + order)))
        .isEqualTo("/admin/mail?done=1");

    Patience.until("sent again", SOON, () -> !owner.get("/admin/mail").body().contains("full"));
    assertThat(owner.get("/admin").body()).contains("send again");
    assertThat(owner.form("/admin/mail/again", "order=x").statusCode()).isEqualTo(400);
    assertThat(owner.get("/admin/mail?until=x").statusCode()).isEqualTo(400);
  }

  @Test
  void every_page_fits_a_phone_and_a_desk_and_works_without_script() {
    var buyer = Buyer.of(shop);
    var open = buyer.placed(1);
    try (var phone = Phone.withoutScript()) {
      var page = phone.page();
      enter(page.context(), buyer);
      owner.look(page, "/orders/" + open, "order-open");
      owner.look(page, "/orders/" + open + "/cancel", "cancel");
      page.getByText("Yes, cancel it").click();
      page.waitForURL("**/orders/" + open);
      owner.look(page, "/orders/" + open, "order-cancelled");

      var order = paid(buyer, 2, 1);
      enter(page.context(), buyer);
      owner.look(page, "/orders/" + order, "order-paid");
      owner.look(page, "/orders/" + order + "/receipt", "receipt");
      page.emulateMedia(
          new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.PRINT));
      Owner.Screens.look(page, "receipt-print", 794);
      page.emulateMedia(
          new Page.EmulateMediaOptions().setMedia(com.microsoft.playwright.options.Media.SCREEN));
      page.navigate(shop.url("/orders/" + order));
      page.getByText("Withdraw from contract here").click();
      page.waitForURL("**/withdraw");
      Owner.Screens.look(page, "withdraw", 390, 1440);
      page.getByLabel("Your name").fill("Ada Lovelace");
      page.getByText("Confirm withdrawal").click();
      page.waitForURL("**/withdrawn");
      Owner.Screens.look(page, "withdrawn", 390, 1440);
      owner.look(page, "/orders/" + order, "order-withdrawn");
      owner.enter(page);
      owner.look(page, "/admin/orders/" + order, "admin-order");
      owner.look(page, "/admin/mail", "admin-mail");
      owner.look(page, "/admin/inbox", "admin-inbox-2");
    }
  }

  private static void enter(BrowserContext context, Buyer buyer) {
    var cookie = buyer.cookie().split("=", 2);
    context.addCookies(List.of(new Cookie(cookie[0], cookie[1]).setUrl(shop.url(""))));
  }

  private static String paid(Buyer buyer, int units, int times) {
    var order = buyer.placed(units);
    buyer.awaits(order, "AWAITING_PAYMENT");
    stripe.pay(shop, order, EMAIL, times);
    buyer.awaits(order, "PAID");
    return order;
  }

  private static MimeMessage letter(String order, String kind) throws Exception {
    Patience.until(kind + " of " + order, SOON, () -> Files.exists(file(order, kind)));
    assertThat(list(kind, order)).hasSize(1);
    try (var in = Files.newInputStream(file(order, kind))) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    }
  }

  private static java.nio.file.Path file(String order, String kind) {
    return shop.data().resolve("mail/" + order + "." + kind + ".eml");
  }

  private static List<String> list(String kind, String order) {
    var folder = shop.data().resolve("mail");
    if (!Files.exists(folder)) return List.of();
    try (var files = Files.list(folder)) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.startsWith(order + "." + kind) && it.endsWith(".eml"))
          .toList();
    } catch (java.io.IOException trouble) {
      throw new java.io.UncheckedIOException(trouble);
    }
  }

  private static int letters(String order, String state) {
    var sql = "select count(*) from mail.letter where order_id = ? and state = '" + state + "'";
    return number(sql, order);
  }

  private static String version(String order) {
    return number("select version from orders.order_ where id = ?", order).toString();
  }

  private static int left(String order) {
    return number(
        """
        select sum(on_hand - held - sold)
          from inventory.stock
         where variant_id in (select variant_id from orders.line where order_id = ?)
        """,
        order);
  }

  private static Integer number(String sql, String order) {
    return shop.database()
        .withHandle(
            it -> it.createQuery(sql).bind(0, Buyer.uuid(order)).mapTo(Integer.class).one());
  }

  private static void run(String sql, Object... values) {
    shop.database().useHandle(it -> it.execute(sql, values));
  }
}
