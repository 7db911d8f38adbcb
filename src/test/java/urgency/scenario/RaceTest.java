package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.catalog.VariantId;
import urgency.inventory.Stock;

/** Many shoppers, few units, two application processes on one database, over real HTTP. */
class RaceTest {
  private static Shop first;
  private static Shop second;

  @BeforeAll
  static void open() {
    first = Shop.open(Map.of());
    Shelf.of(first);
    second = first.sibling();
  }

  @AfterAll
  static void close() {
    second.close();
    first.close();
  }

  @Test
  void two_hundred_shoppers_want_six_units_and_exactly_six_get_one() throws Exception {
    var offer = Shelf.of(first).offers().get(3);
    stock(offer, 6);

    var answers = everybodyAtOnce(200, offer);

    assertThat(answers).filteredOn(it -> it == 201).hasSize(6);
    assertThat(answers).filteredOn(it -> it == 409).hasSize(194);
    assertThat(level(offer).left()).isZero();
    assertThat(level(offer).held()).isEqualTo(6);
  }

  @Test
  void the_same_tap_ten_times_is_one_order() throws Exception {
    var offer = Shelf.of(first).offers().get(5);
    stock(offer, 50);
    var key = UUID.randomUUID().toString();

    var ids = new ArrayList<Future<String>>();
    try (var taps = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 10; i++) {
        var shop = i % 2 == 0 ? first : second;
        ids.add(
            taps.submit(
                () ->
                    Shelf.json(
                            shop.json("/api/orders", Shelf.order(offer, 1), "Idempotency-Key", key)
                                .body())
                        .path("id")
                        .asText()));
      }
    }

    assertThat(ids).extracting(Future::resultNow).containsOnly(ids.getFirst().resultNow());
    assertThat(level(offer).held()).isEqualTo(1);
  }

  @Test
  void carts_that_cross_each_other_neither_block_nor_oversell() throws Exception {
    var offers = Shelf.of(first).offers();
    var one = offers.get(7);
    var two = offers.get(8);
    stock(one, 20);
    stock(two, 20);

    var granted = 0;
    var answers = new ArrayList<Future<Integer>>();
    try (var shoppers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 80; i++) {
        var body =
            i % 2 == 0
                ? "{\"lines\":[" + one.line(1) + "," + two.line(1) + "]}"
                : "{\"lines\":[" + two.line(1) + "," + one.line(1) + "]}";
        var shop = i % 4 < 2 ? first : second;
        answers.add(shoppers.submit(() -> buy(shop, body)));
      }
    }
    for (var answer : answers) granted += answer.resultNow() == 201 ? 1 : 0;

    assertThat(granted).isEqualTo(20);
    assertThat(level(one).held()).isEqualTo(20);
    assertThat(level(two).held()).isEqualTo(20);
  }

  @Test
  void who_holds_the_last_unit_is_led_to_the_order_that_has_it_and_not_told_it_is_sold_out() {
    var last = Shelf.of(first).offers().get(10);
    var more = Shelf.of(first).offers().get(11);
    stock(last, 1);
    stock(more, 5);
    var held = first.json("/api/orders", Shelf.order(last, 1), "Idempotency-Key", key());
    var order = Shelf.json(held.body()).path("id").asText();
    var cookie = held.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    var both = "{\"lines\":[" + last.line(1) + "," + more.line(1) + "]}";

    var told = first.json("/api/orders", both, "Idempotency-Key", key(), "Cookie", cookie);
    var page = first.form("/orders", "key=" + key() + form(last) + form(more), "Cookie", cookie);

    assertThat(told.statusCode()).isEqualTo(409);
    assertThat(Shelf.json(told.body()).path("order").asText()).isEqualTo("/api/orders/" + order);
    assertThat(page.statusCode()).isEqualTo(409);
    var main = Jsoup.parse(page.body()).select("main");
    assertThat(main.select(".notice a").attr("href")).isEqualTo("/orders/" + order);
    assertThat(main.text())
        .contains("You already hold this")
        .doesNotContainIgnoringCase("sold out");
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static String form(Shelf.Offer offer) {
    return "&variant=%s&quantity=1&shown=%d%s"
        .formatted(offer.variant().replace("-", ""), offer.minor(), offer.currency());
  }

  private static List<Integer> everybodyAtOnce(int shoppers, Shelf.Offer offer) throws Exception {
    var go = new CountDownLatch(1);
    var answers = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < shoppers; i++) {
        var shop = i % 2 == 0 ? first : second;
        answers.add(
            threads.submit(
                () -> {
                  go.await();
                  return buy(shop, Shelf.order(offer, 1));
                }));
      }
      go.countDown();
    }
    return answers.stream().map(Future::resultNow).toList();
  }

  private static int buy(Shop shop, String body) {
    return shop.json("/api/orders", body, "Idempotency-Key", UUID.randomUUID().toString())
        .statusCode();
  }

  private static void stock(Shelf.Offer offer, int units) {
    first
        .database()
        .useTransaction(
            tx -> new Stock().stock(tx, new VariantId(offer.id()), units, Instant.now()));
  }

  private static Stock.Level level(Shelf.Offer offer) {
    var variant = new VariantId(offer.id());
    return first
        .database()
        .withHandle(tx -> new Stock().levels(tx, List.of(variant)))
        .getOrDefault(variant, new Stock.Level(0, 0, 0));
  }
}
