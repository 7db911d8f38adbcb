package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.catalog.VariantId;
import urgency.inventory.Stock;

/** The running shop, walked through from outside: what it claims is true and on record. */
class HonestShopTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String CARD = "number=4242424242424242&expiry=12%2F34&code=123";

  private static Shop shop;
  private static Shelf shelf;

  @BeforeAll
  static void a_shop_that_has_sold_a_little() {
    shop = Shop.open(Map.of());
    shelf = Shelf.of(shop);
    for (var offer : shelf.offers().subList(0, 6)) buy(offer);
    stock(alone(0), 3);
    Patience.until(
        "few are left and some are sold",
        SOON,
        () -> {
          var page = Jsoup.parse(shop.get("/").body());
          return page.select(".left").eachText().contains("Only 3 left")
              && !page.select(".sold").eachText().isEmpty();
        });
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void every_cue_on_every_public_page_is_on_record() {
    var drawn = new LinkedHashMap<Drawn, String>();
    for (var path : Crawl.pages(shop)) cues(path).forEach(it -> drawn.putIfAbsent(it, path));
    // Read last: figures move while one walks, and what is drawn was written down before.
    var record = record();
    var missing = new ArrayList<String>();
    var kinds = new TreeSet<String>();
    drawn.forEach(
        (cue, path) -> {
          kinds.add(cue.kind());
          if (record.stream().noneMatch(cue::isOn)) missing.add(path + ": " + cue);
        });

    assertThat(missing).as("cues without a line").isEmpty();
    assertThat(kinds)
        .contains("Countdown", "DailyDrop", "FlashPrice", "Rank", "Trending", "UnitsLeft")
        .contains("UnitsSold", "WasPrice");
  }

  @Test
  void what_is_sold_and_left_is_what_the_database_says_after_fifty_purchases_at_once()
      throws Exception {
    var offer = alone(3);
    stock(offer, 30);
    try (var shoppers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 50; i++) {
        var _ = shoppers.submit(() -> buy(offer));
      }
    }
    var expected = figures(offer);

    Patience.until(
        "page and line say the same as the database, " + expected,
        SOON,
        () -> {
          var stock = live(offer);
          return figures(offer).sold() > 0
              && stock.path("sold").asInt() == figures(offer).sold()
              && stock.path("left").asInt() == figures(offer).left()
              && sold(offer) == figures(offer).sold();
        });
    assertThat(figures(offer).left()).isNotNegative();
    assertThat(figures(offer).sold()).isPositive();
  }

  @Test
  void the_page_about_honesty_needs_no_script_and_names_every_rule() {
    var page = Jsoup.parse(shop.get("/honest").body());

    assertThat(page.select("ol.rules > li")).hasSize(15);
    assertThat(page.select("details .said li").size()).isGreaterThan(20);
    assertThat(page.select("a[href^=/honest/claims/]")).isNotEmpty();
  }

  @Test
  void every_card_says_why_and_the_answer_has_the_evidence() {
    var page = Jsoup.parse(shop.get("/").body());

    for (var card : page.select("article.card")) {
      assertThat(card.select("a[href^=/why/]")).as(card.attr("data-product")).hasSize(1);
    }
    var why = Jsoup.parse(shop.get(page.select("a[href^=/why/]").attr("href")).body());
    assertThat(why.select(".said li")).isNotEmpty();
    assertThat(why.select(".said li a[href^=/honest#rule-]")).isNotEmpty();
  }

  @Test
  void a_day_can_be_taken_away_and_is_proven_offline() throws Exception {
    var file = Path.of("target", "claims-" + UUID.randomUUID() + ".jsonl");
    Files.writeString(file, day("").body());

    assertThat(verified(file)).isZero();

    Files.writeString(
        file, Files.readString(file).replaceFirst("\"ended\":false", "\"ended\":true"));
    assertThat(verified(file)).isEqualTo(1);
  }

  @Test
  void one_product_can_be_taken_away_and_nonsense_is_refused() {
    var product = Jsoup.parse(shop.get("/").body()).select("article").attr("data-product");

    var lines = day("?product=" + product).body().lines().skip(1).toList();

    assertThat(lines).isNotEmpty().allMatch(it -> it.contains(product));
    assertThat(day("?product=lamp").statusCode()).isEqualTo(400);
    assertThat(shop.get("/honest/claims/yesterday.jsonl").statusCode()).isEqualTo(400);
    assertThat(shop.get("/why/nothing-at-all").statusCode()).isEqualTo(404);
  }

  @Test
  void calm_mode_has_no_countdown_and_no_audience_at_the_same_price() {
    var chosen = shop.get("/?calm=on");
    var cookie = chosen.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];

    for (var path : Crawl.pages(shop)) {
      if (path.startsWith("/honest/claims")) continue;
      var loud = page(path);
      var calm = page(path, "Cookie", cookie);

      assertThat(calm.select("drop-countdown, fuse-line, live-audience, preview-clip"))
          .as(path)
          .isEmpty();
      assertThat(calm.select("html").hasAttr("data-calm")).as(path).isTrue();
      assertThat(loud.select("html").hasAttr("data-calm")).as(path).isFalse();
      assertThat(calm.select(".price").eachText())
          .as(path)
          .isEqualTo(loud.select(".price").eachText());
      assertThat(calm.select("form").size()).as(path).isEqualTo(loud.select("form").size());
    }
    assertThat(shop.get("/?calm=off", "Cookie", cookie).body()).contains("<drop-countdown");
  }

  /** A cue as a page draws it. */
  private record Drawn(String kind, String product, String says) {
    boolean isOn(JsonNode line) {
      return line.path("kind").asText().equals(kind)
          && (product.isEmpty() || line.path("product").asText().equals(product))
          && (says.isEmpty() || line.path("says").toString().contains(says));
    }
  }

  private static List<Drawn> cues(String path) {
    var page = page(path);
    var all = new ArrayList<Drawn>();
    page.select("fuse-line, .clock[data-until]")
        .forEach(it -> all.add(new Drawn("Countdown", "", "")));
    page.select(".badge").forEach(it -> all.add(new Drawn("DailyDrop", product(it), "")));
    page.select(".chip.flash, .flash-strip")
        .forEach(it -> all.add(new Drawn("FlashPrice", product(it), until(it))));
    page.select(".price s").forEach(it -> all.add(new Drawn("WasPrice", product(it), "")));
    page.select(".card-meta strong").forEach(it -> all.add(new Drawn("Rank", product(it), "")));
    page.select(".card-meta bdi, .evidence bdi")
        .forEach(
            it -> {
              if (it.hasText()) all.add(new Drawn("Trending", product(it), it.text()));
            });
    page.select(".sold").forEach(it -> number(it, "UnitsSold", all));
    page.select(".left").forEach(it -> number(it, "UnitsLeft", all));
    assertThat(page.select("live-audience").eachText()).as(path).allMatch(String::isBlank);
    return all;
  }

  private static void number(Element element, String kind, List<Drawn> all) {
    if (!element.hasText()) return;
    var digits = element.text().equals("Last one") ? "1" : element.text().replaceAll("\\D", "");
    all.add(new Drawn(kind, product(element), "\"units\":" + digits + "}"));
  }

  private static String product(Element element) {
    var article = element.closest("[data-product]");
    return article == null ? "" : article.attr("data-product");
  }

  private static String until(Element element) {
    return "\"until\":\"" + element.select("[data-until]").attr("data-until") + "\"";
  }

  private static Document page(String path, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Accept", "text/html"));
    return Jsoup.parse(shop.get(path, all.toArray(String[]::new)).body());
  }

  private static List<JsonNode> record() {
    return shop
        .database()
        .withHandle(
            tx -> tx.createQuery("select line from claims.entry").mapTo(String.class).list())
        .stream()
        .map(Shelf::json)
        .toList();
  }

  private record Figures(int sold, int left) {}

  private static Figures figures(Shelf.Offer offer) {
    return shop.database()
        .withHandle(
            tx ->
                tx.createQuery(
                        """
                        select (select coalesce(sum(units), 0)
                                  from orders.line join orders.order_ on order_.id = order_id
                                 where variant_id = :id and status = 'PAID' and edition = :edition),
                               (select on_hand - held - sold
                                  from inventory.stock where variant_id = :id)
                        """)
                    .bind("id", offer.id())
                    .bind("edition", shelf.number())
                    .map((row, _) -> new Figures(row.getInt(1), row.getInt(2)))
                    .one());
  }

  private static JsonNode live(Shelf.Offer offer) {
    var stock = Shelf.json(shop.get("/api/live").body()).path("stock");
    var product =
        Jsoup.parse(shop.get("/p/" + offer.slug()).body()).select(".product").attr("data-product");
    return stock.path(product);
  }

  private static int sold(Shelf.Offer offer) {
    var text =
        Jsoup.parse(shop.get("/p/" + offer.slug()).body()).select(".product-lead .sold").text();
    return text.isEmpty() ? 0 : Integer.parseInt(text.replaceAll("\\D", ""));
  }

  /** An offer whose product has no other variant, so that its figures are the product's. */
  private static Shelf.Offer alone(int which) {
    return shelf.offers().stream()
        .filter(it -> shelf.offers().stream().filter(o -> o.slug().equals(it.slug())).count() == 1)
        .toList()
        .get(which);
  }

  private static void buy(Shelf.Offer offer) {
    var answer =
        shop.json(
            "/api/orders", Shelf.order(offer, 1), "Idempotency-Key", UUID.randomUUID().toString());
    if (answer.statusCode() != 201) return;
    var order = Shelf.json(answer.body());
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    var path = "/api/orders/" + order.path("id").asText();
    // In a rush, and on a busy machine, the answer comes before the payment page.
    var told = new AtomicReference<>(order);
    Patience.until(
        "the payment page",
        SOON,
        () -> {
          if (told.get().hasNonNull("paymentUrl")) return true;
          told.set(Shelf.json(shop.get(path, "Cookie", cookie).body()));
          return false;
        });
    shop.form(URI.create(told.get().get("paymentUrl").asText()).getPath() + "/pay", CARD);
  }

  private static void stock(Shelf.Offer offer, int units) {
    shop.database()
        .useTransaction(
            tx -> new Stock().stock(tx, new VariantId(offer.id()), units, Instant.now()));
  }

  private static HttpResponse<String> day(String query) {
    return shop.get("/honest/claims/" + opening() + ".jsonl" + query);
  }

  // Not today: midnight may fall into the test.
  private static LocalDate opening() {
    return shop.database()
        .withHandle(
            tx -> tx.createQuery("select min(day) from claims.entry").mapTo(LocalDate.class).one());
  }

  private static int verified(Path file) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-jar",
                "target/quarkus-app/quarkus-run.jar",
                "verify-claims",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
