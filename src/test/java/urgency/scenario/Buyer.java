package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import urgency.Patience;

/** A shopper without a browser: orders by JSON, pays at the practice till, keeps a cookie. */
final class Buyer {
  private static final Pattern ORDER = Pattern.compile("ord_[0-9a-f]{32}");
  private static final Pattern TILL = Pattern.compile("/c/pay/cs_test_\\w+");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Shop shop;
  private String cookie = "x=y";

  private Buyer(Shop shop) {
    this.shop = shop;
  }

  static Buyer of(Shop shop) {
    Shelf.of(shop);
    return new Buyer(shop);
  }

  /** An order that waits for its payment, on a page that is open. */
  String placed(int units) {
    // A browser of its own each time: another wish of the same one would be the same order.
    cookie = "x=y";
    var key = UUID.randomUUID().toString();
    var offer =
        Shelf.of(shop).offers().stream().filter(it -> it.left() >= units).findFirst().orElseThrow();
    var answer = shop.json("/api/orders", Shelf.order(offer, units), "Idempotency-Key", key);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    answer
        .headers()
        .firstValue("Set-Cookie")
        .ifPresent(it -> cookie = it.substring(0, it.indexOf(';')));
    var found = ORDER.matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    // Who is told before the page is there is not told late, but the page changes the order yet.
    awaits(found.group(), "AWAITING_PAYMENT");
    return found.group();
  }

  /** An order that was paid at the practice till, and knows it. */
  String paid() {
    return paid(1);
  }

  String paid(int units) {
    var order = placed(units);
    pay(order);
    awaits(order, "PAID");
    return order;
  }

  void pay(String order) {
    pay(order, "");
  }

  /** Pays at the practice till, and says where the receipt can go. */
  void pay(String order, String email) {
    var page = post("/orders/" + order + "/pay", "");
    var till = TILL.matcher(page.headers().firstValue("Location").orElse(""));
    assertThat(till.find()).as(page.toString()).isTrue();
    var card = "number=4242424242424242&expiry=12/34&code=123&email=" + email;
    assertThat(shop.form(till.group() + "/pay", card).statusCode()).isEqualTo(303);
  }

  void awaits(String order, String status) {
    Patience.until(order + " is " + status, PATIENCE, () -> status(order).equals(status));
  }

  HttpResponse<String> get(String path) {
    return shop.get(path, "Cookie", cookie);
  }

  HttpResponse<String> post(String path, String form) {
    return shop.form(path, form, "Cookie", cookie);
  }

  String cookie() {
    return cookie;
  }

  String status(String order) {
    return shop.database()
        .withHandle(
            it ->
                it.createQuery("select status from orders.order_ where id = ?")
                    .bind(0, uuid(order))
                    .mapTo(String.class)
                    .one());
  }

  static UUID uuid(String order) {
    return UUID.fromString(
        order.substring(4).replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
  }
}
