package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** Orders on the operator's pages, on the built shop. */
class OrderDeskTest {
  private static final Pattern LINK = Pattern.compile("/admin/setup\\?token=([\\w-]{43})");
  private static final String PASSWORD = "a lamp that hums";
  private static final Duration SOON = Duration.ofSeconds(30);

  private static Shop shop;
  private static Shelf.Offer offer;
  private static String[] inside;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    offer = Shelf.of(shop).offers().getFirst();
    var link = LINK.matcher("");
    Patience.until("the link is printed", SOON, () -> link.reset(shop.log()).find());
    var form = "token=%s&name=Owner&password=%s".formatted(link.group(1), coded(PASSWORD));
    var cookie = shop.form("/admin/setup", form).headers().firstValue("Set-Cookie").orElseThrow();
    inside = new String[] {"Cookie", cookie.substring(0, cookie.indexOf(';'))};
  }

  @AfterAll
  static void close() {
    assertThat(shop.log()).doesNotContain("failed (");
    shop.close();
  }

  @Test
  void a_refund_is_confirmed_by_name_and_a_form_sent_twice_sends_money_once() {
    var order = paid("PAID", "");
    assertThat(shop.get("/admin/orders?status=PAID", inside).body()).contains(order);
    var form = "amount=1&reason=scratched&version=" + version(order);

    var asked = post(order, "refund", form);
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.body()).contains("Send $1.00 back?", order);
    assertThat(refunds(order)).isZero();

    var first = post(order, "refund", form + "&sure=yes");
    var second = post(order, "refund", form + "&sure=yes");
    assertThat(where(first)).endsWith("done=refund");
    assertThat(where(second)).endsWith("done=changed");
    assertThat(refunds(order)).isEqualTo(1);
    assertThat(shop.get(where(first).replaceFirst("^http://[^/]+", ""), inside).body())
        .contains("it is sent within seconds", "scratched");
    assertThat(shop.get("/admin", inside).body()).contains("refund", order);
  }

  @Test
  void more_than_is_left_and_an_order_without_money_are_answered_in_words() {
    var order = paid("PAID", "");
    var much = "amount=999999&reason=all&sure=yes&version=" + version(order);
    assertThat(where(post(order, "refund", much))).endsWith("done=more");
    assertThat(shop.get("/admin/orders/" + order + "?done=more", inside).body())
        .contains("more than is left");

    var unpaid = placed();
    var answer = post(unpaid, "refund", "amount=1&reason=x&sure=yes&version=" + version(unpaid));
    assertThat(where(answer)).containsPattern("done=(not-paid|changed)");
    assertThat(refunds(unpaid)).isZero();
  }

  @Test
  void units_go_back_on_the_shelf_when_the_operator_ticks_it() {
    var order = paid("PAID", "");
    var before = onHand();
    var form = "amount=1&reason=back&restock=yes&sure=yes&version=" + version(order);

    assertThat(where(post(order, "refund", form))).endsWith("done=refund");
    assertThat(onHand()).isEqualTo(before + 1);
  }

  @Test
  void a_doubtful_payment_is_accepted_once() {
    var order = paid("QUARANTINED", "the amount differs");
    assertThat(shop.get("/admin/orders/" + order, inside).body()).contains("the amount differs");
    var form = "version=" + version(order);

    assertThat(post(order, "accept", form).body()).contains("Accept this payment?");
    assertThat(where(post(order, "accept", form + "&sure=yes"))).endsWith("done=accepted");
    assertThat(where(post(order, "accept", form + "&sure=yes"))).endsWith("done=changed");
  }

  @Test
  void a_doubtful_payment_that_cannot_be_sent_back_from_here_is_not_said_to_be() {
    var order = paid("QUARANTINED", "session cs_test_other");
    assertThat(shop.get("/admin/orders/" + order, inside).body()).contains("back below");

    change("update orders.order_ set taken_minor = 0, intent = '' where id = ?", order);

    assertThat(shop.get("/admin/orders/" + order, inside).body())
        .contains("look for it at the payment provider")
        .doesNotContain("back below");
  }

  @Test
  void a_doubtful_payment_without_money_is_rejected_once_and_its_units_go_back() {
    var order = placed();
    assertThat(shop.get("/admin/orders/" + order, inside).body()).doesNotContain("/reject");
    var doubt = "update orders.order_ set mismatch = 'session cs_x', status = 'QUARANTINED'";
    change(doubt + " where id = ?", order);
    assertThat(shop.get("/admin/orders/" + order, inside).body()).contains("give the units back");
    var form = "version=" + version(order);

    assertThat(post(order, "reject", form).body()).contains("Reject this payment?", "cs_x");
    assertThat(released(order)).isZero();
    assertThat(where(post(order, "reject", form + "&sure=yes"))).endsWith("done=rejected");
    assertThat(where(post(order, "reject", form + "&sure=yes"))).endsWith("done=changed");

    assertThat(released(order)).isEqualTo(1);
    assertThat(shop.get("/admin", inside).body()).contains("reject", order);
    assertThat(shop.get("/admin/orders/" + order, inside).body()).contains("EXPIRED");
  }

  @Test
  void an_open_dispute_is_seen_in_the_list_of_orders() {
    var order = paid("PAID", "");
    assertThat(shop.get("/admin/orders", inside).body()).contains(order).doesNotContain("dispute");

    change("update orders.order_ set dispute = 'OPEN' where id = ?", order);

    assertThat(shop.get("/admin/orders", inside).body()).contains("PAID, dispute open");
  }

  @Test
  void hostile_values_are_refused_by_the_name_of_the_field() {
    var order = paid("PAID", "");
    for (var bad : List.of("", "0", "-1", "1e9", "NaN", "1.234", "9".repeat(40), "<b>", "\0")) {
      var answer = post(order, "refund", "reason=x&version=1&amount=" + coded(bad));
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
      assertThat(answer.body()).contains("amount");
    }
    for (var bad : List.of("", "x".repeat(201), "\0")) {
      var answer = post(order, "refund", "amount=1&version=1&reason=" + coded(bad));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("reason");
    }
    for (var bad : List.of("", "-1", "x", "9".repeat(40))) {
      var answer = post(order, "accept", "version=" + bad);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("version");
    }
    for (var query : List.of("status=x", "id=x", "after=%00", "id=" + "a".repeat(3_000))) {
      var answer = shop.get("/admin/orders?" + query, inside);
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
    }
    assertThat(shop.get("/admin/orders/nothing", inside).statusCode()).isEqualTo(404);
    assertThat(refunds(order)).isZero();
  }

  @Test
  void the_pages_fit_a_phone_and_a_desk_without_script() {
    var order = paid("PAID", "");
    try (var phone = Phone.withoutScript()) {
      var page = phone.page();
      page.navigate(shop.url("/admin"));
      look(page, "sign-in");
      page.getByLabel("Name").fill("Owner");
      page.getByLabel("Password").fill(PASSWORD);
      page.locator("button.cta").click();
      page.waitForURL("**/admin");
      for (var it : Map.of("now", "/admin", "orders", "/admin/orders").entrySet()) {
        page.navigate(shop.url(it.getValue()));
        look(page, it.getKey());
      }
      page.navigate(shop.url("/admin/orders/" + order));
      look(page, "order");
    }
  }

  private static void look(Page page, String name) {
    for (var width : new int[] {390, 1440}) {
      page.setViewportSize(width, 900);
      var main = page.locator("main").boundingBox();
      assertThat(main.x + main.width).as(name).isLessThanOrEqualTo(width);
    }
  }

  private static String placed() {
    var key = UUID.randomUUID().toString();
    var answer = shop.json("/api/orders", Shelf.order(offer, 1), "Idempotency-Key", key);
    var found = Pattern.compile("ord_[0-9a-f]{32}").matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    var order = found.group();
    // On a busy machine the answer comes before the payment page, which changes the order yet.
    Patience.until("the payment page", SOON, () -> isOpen(order));
    return order;
  }

  private static boolean isOpen(String order) {
    var open = "select count(*) from orders.order_ where id = ? and status = 'AWAITING_PAYMENT'";
    return one(open, uuid(order)) == 1;
  }

  /** An order of which money was taken, as the books hold it. */
  private static String paid(String status, String mismatch) {
    var order = placed();
    shop.database()
        .useHandle(
            it ->
                it.createUpdate(
                        """
                        update orders.order_
                           set status = :status, mismatch = :mismatch, taken_minor = amount_minor,
                               intent = 'pi_' || id, paid_at = placed_at
                         where id = :id
                        """)
                    .bind("status", status)
                    .bind("mismatch", mismatch)
                    .bind("id", uuid(order))
                    .execute());
    return order;
  }

  private static void change(String sql, String order) {
    shop.database().useHandle(it -> it.execute(sql, uuid(order)));
  }

  private static UUID uuid(String order) {
    return UUID.fromString(
        order.substring(4).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }

  private static String version(String order) {
    return one("select version from orders.order_ where id = ?", uuid(order)).toString();
  }

  private static int released(String order) {
    var released = "select count(*) from orders.order_ where id = ? and released";
    return one(released, uuid(order));
  }

  private static int refunds(String order) {
    return one("select count(*) from refunds.refund where order_id = ?", uuid(order));
  }

  private static int onHand() {
    return one("select on_hand from inventory.stock where variant_id = ?", offer.id());
  }

  private static Integer one(String sql, UUID id) {
    return shop.database()
        .withHandle(it -> it.createQuery(sql).bind(0, id).mapTo(Integer.class).one());
  }

  private static HttpResponse<String> post(String order, String act, String form) {
    return shop.form("/admin/orders/" + order + "/" + act, form, inside);
  }

  private static String where(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
