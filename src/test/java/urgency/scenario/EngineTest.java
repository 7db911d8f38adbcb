package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.trends.push.PushSignature;

/** The engine's pages, for operators and for everyone, on the built shop. */
class EngineTest {
  private static final Pattern LINK = Pattern.compile("/admin/setup\\?token=([\\w-]{43})");
  private static final Pattern ROW =
      Pattern.compile("href=\"/admin/engine/products/([a-z0-9-]+)\">");
  private static final String PASSWORD = "a lamp that hums";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Shop shop;
  private static String[] inside;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of("URGENCY_TRENDS_PUSH_SECRET", PASSWORD));
    Shelf.of(shop);
    var link = LINK.matcher("");
    Patience.until("the link is printed", PATIENCE, () -> link.reset(shop.log()).find());
    var form = "token=%s&name=Owner&password=%s".formatted(link.group(1), coded(PASSWORD));
    var cookie = shop.form("/admin/setup", form).headers().firstValue("Set-Cookie").orElseThrow();
    inside = new String[] {"Cookie", cookie.substring(0, cookie.indexOf(';'))};
    Patience.until("the first rating", PATIENCE, () -> ROW.matcher(page("")).find());
  }

  @AfterAll
  static void close() {
    assertThat(shop.log()).doesNotContain("failed (");
    shop.close();
  }

  @Test
  void nobody_sees_the_engine_without_signing_in() {
    for (var path :
        List.of(
            "",
            "/trends",
            "/sources",
            "/judges",
            "/calibration",
            "/products/x",
            "/products/x/what-if")) {
      var answer = shop.get("/admin/engine" + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/admin/sign-in");
    }
    assertThat(shop.form("/admin/engine/links", "act=pin").statusCode()).isEqualTo(401);
  }

  @Test
  void every_product_has_both_numbers_with_interval_reason_badge_and_age() {
    var products = page("");

    var rated = (int) ROW.matcher(products).results().count();
    assertThat(rated).isGreaterThan(10);
    assertThat(count(products, "data-kind=\"virality\"")).isEqualTo(rated);
    assertThat(count(products, "data-kind=\"urgency\"")).isEqualTo(rated);
    assertThat(count(products, "orders (")).isGreaterThanOrEqualTo(rated);
    assertThat(count(products, "class=\"engine-badge\"")).isGreaterThanOrEqualTo(rated);
    assertThat(page("?find=no+such+thing")).contains("No products here.");
  }

  @Test
  void sources_are_shown_with_what_they_answered_last() {
    assertThat(page("/sources")).contains("recorded", "Fresh", "data of", "1.00");
  }

  @Test
  void deliveries_that_were_refused_are_shown_and_logged() {
    var signed = PushSignature.header(new byte[] {'{'}, PASSWORD, Instant.now());
    for (var it : List.of(signed, "")) {
      var path = "/api/v1/trends/observations";
      shop.json(path, "{", "Idempotency-Key", "<b>my-list", PushSignature.HEADER, it);
    }
    Patience.until("it is counted", PATIENCE, () -> page("/sources").contains("not signed"));
    assertThat(page("/sources")).contains("http &lt;b&gt;my-list", "body: not JSON at line 1");
    assertThat(shop.log()).contains("refused the trends of http ?b?my-list: 400", "signed: 401");
  }

  @Test
  void judges_are_shown_with_their_standing_and_what_they_cost() {
    assertThat(page("/judges"))
        .contains("shadow", "$0.000000 in 0 calls", "No model was asked yet");
  }

  @Test
  void a_product_says_why_down_to_the_factors_and_what_would_change_it() {
    var why = page("/products/" + first());

    assertThat(why)
        .contains("Virality Potential", "own orders", "stock cap", "margin", "100 ratings of")
        .contains("50 %", "on edition 1", "It would leave the shelf", "Decide edition 1 again");
    assertThat(shop.get("/admin/engine/products/nothing", inside).statusCode()).isEqualTo(404);
  }

  @Test
  void a_past_shelf_is_decided_again_at_the_push_of_a_button() {
    assertThat(page("/products/" + first() + "?replay=yes"))
        .contains("<b>The same.</b>", "to the last bit")
        .containsPattern("[0-9a-f]{64}");
  }

  @Test
  void what_if_is_reckoned_on_the_page_and_as_a_part_of_it() {
    var asked = "/products/" + first();

    var whole = page(asked + "?price=5&units=1&hours=168");
    var part = page(asked + "/what-if?price=5&units=1&hours=168");

    assertThat(whole).contains("1 units, 168 h until the refresh", "<html");
    assertThat(part).contains("168 h until", "0.25 % more orders: a prior").doesNotContain("<html");
    assertThat(page(asked + "/what-if?units=0")).contains("Without units").doesNotContain("prior");
    assertThat(page(asked + "/what-if?price=0.01")).contains("At this price it would be kept off");
  }

  @Test
  void a_what_if_that_makes_no_sense_is_refused_by_the_name_of_the_field() {
    for (var bad : List.of("-1", "1e9", "NaN", "0", "1.2345", "9".repeat(30), "<b>")) {
      refused("/products/" + first() + "/what-if?price=" + coded(bad), "price");
    }
    for (var bad : List.of("-1", "1.5", "9999999", "x", "9".repeat(30))) {
      refused("/products/" + first() + "/what-if?units=" + coded(bad), "units");
    }
    for (var bad : List.of("0", "169", "x")) {
      refused("/products/" + first() + "/what-if?hours=" + coded(bad), "hours");
    }
    refused("?page=0", "page");
    refused("?find=" + "x".repeat(61), "find");
  }

  @Test
  void a_link_is_set_by_hand_and_forbidden_by_name_and_both_are_on_record() {
    var slug = slug(3);
    var other = slug(4);
    var trend = trend();
    post("/links", "act=pin&product=%s&trend=%s&strength=0.33".formatted(slug, coded("#" + trend)));
    post("/links", "act=pin&product=%s&trend=%s&strength=0.44".formatted(other, trend));

    var forbid = "act=forbid&product=%s&trend=%s".formatted(other, trend);
    var asked = shop.form("/admin/engine/links", forbid, inside);
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.body()).contains("Forbid #" + trend + " for ");
    post("/links", forbid + "&sure=yes");
    rateAgain();
    assertThat(page("/products/" + slug)).contains("set by an operator", "0.33");
    assertThat(page("/products/" + other))
        .contains("is forbidden by Owner")
        .doesNotContain("set by an operator");

    post("/links", "act=leave&product=%s&trend=%s".formatted(other, trend));
    assertThat(page("/products/" + other)).doesNotContain("is forbidden by");
    assertThat(shop.get("/admin", inside).body())
        .contains("link set", "link forbidden", "link left to the engine", slug);
  }

  @Test
  void a_hashtag_is_explained_and_the_explanation_taken_back_by_name() {
    var explain = "act=explain&trend=%23StanleyCup&means=tumbler";
    post("/synonyms", explain);
    assertThat(page("/trends")).contains("#stanleycup", "tumbler");

    var forget = "act=forget&trend=stanleycup&means=tumbler";
    assertThat(shop.form("/admin/engine/synonyms", forget, inside).body())
        .contains("Forget that #stanleycup means tumbler?");
    post("/synonyms", forget + "&sure=yes");
    assertThat(page("/trends")).doesNotContain("#stanleycup");
  }

  @Test
  void a_product_is_kept_off_by_name_and_let_back() {
    var slug = second();
    var bar = "act=bar&reason=recalled&product=" + slug;
    assertThat(shop.form("/admin/engine/barred", bar, inside).body())
        .contains("off the shelf?", "recalled");
    assertThat(page("/products/" + slug)).doesNotContain("Kept off the shelf:");

    post("/barred", bar + "&sure=yes");
    assertThat(page("/products/" + slug)).contains("Kept off the shelf:", "recalled (Owner)");
    post("/barred", "act=allow&product=" + slug);
    assertThat(page("/products/" + slug)).doesNotContain("Kept off the shelf:");
  }

  @Test
  void acts_that_make_no_sense_are_refused_by_the_name_of_the_field() {
    var link = "product=" + first() + "&trend=lamp";
    for (var bad : List.of("0", "0.0", "1.01", "-1", "NaN", "x", "")) {
      var answer = shop.form("/admin/engine/links", "act=pin&" + link + "&strength=" + bad, inside);
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
      assertThat(answer.body()).contains("strength");
    }
    var acts =
        Map.of(
            "/links", "act=&" + link,
            "/synonyms", "act=x&trend=a&means=b",
            "/barred", "act=x&product=" + first());
    acts.forEach(
        (path, form) ->
            assertThat(shop.form("/admin/engine" + path, form, inside).body()).contains("act"));
    assertThat(shop.form("/admin/engine/synonyms", "act=explain&trend=%00&means=b", inside).body())
        .contains("trend");
    assertThat(shop.form("/admin/engine/links", "act=pin&product=no", inside).statusCode())
        .isEqualTo(404);
  }

  @Test
  void everyone_can_read_how_products_are_ranked_without_script_and_finds_it() {
    var page = shop.get("/how-we-rank");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains(
            "Do our chances come true?",
            "Orders compared with stock",
            "Outcomes of this shop so far")
        .contains("2026-11-26", "worse than the coin", "Ranked by what the shop expects");
    assertThat(shop.get("/how-we-rank?lang=de").body()).contains("Treffen unsere Chancen ein?");
    assertThat(shop.get("/").body()).contains("href=\"/how-we-rank\"");
    assertThat(shop.get("/p/" + first()).body()).contains("href=\"/how-we-rank\"");
  }

  @Test
  void the_pages_are_worth_looking_at_on_a_phone_and_a_desk() {
    past();
    // The first node rendered its public page before there was a past; a second one starts now.
    try (var node = shop.sibling();
        var phone = Phone.withScript()) {
      var page = phone.page();
      // Sizes change between pictures, and a transition would not bear that.
      page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
      enter(page, node);
      var pages = new LinkedHashMap<String, String>();
      pages.put("products", "/admin/engine");
      pages.put("trends", "/admin/engine/trends");
      pages.put("sources", "/admin/engine/sources");
      pages.put("judges", "/admin/engine/judges");
      pages.put("calibration", "/admin/engine/calibration");
      pages.put("how-own", "/how-we-rank");
      pages.forEach((name, path) -> look(page, node.url(path), name));
      page.setViewportSize(1440, 900);
      page.navigate(node.url("/admin/engine"));
      page.keyboard().press("j");
      page.keyboard().press("j");
      page.keyboard().press("k");
      page.keyboard().press("Enter");
      page.waitForURL("**/admin/engine/products/*");
      look(page, page.url() + "?replay=yes", "why");
      page.locator("input[name=units]").fill("1");
      page.locator("[data-tried] table").waitFor();
      assertThat(page.locator("[data-tried]").textContent()).contains("1 units");
      look(page, shop.url("/how-we-rank"), "how-shipped");
      look(page, page.url().replace("/how-we-rank", "/"), "landing");
      assertThat(phone.complaints()).isEmpty();
    }
  }

  private static void enter(Page page, Shop node) {
    page.navigate(node.url("/admin/sign-in"));
    page.getByLabel("Name").fill("Owner");
    page.getByLabel("Password").fill(PASSWORD);
    page.locator("button.cta").click();
    page.waitForURL("**/admin");
  }

  private static void look(Page page, String url, String name) {
    for (var width : new int[] {390, 1440}) {
      page.setViewportSize(width, width == 390 ? 844 : 900);
      page.navigate(url);
      var wide = (Integer) page.evaluate("document.documentElement.scrollWidth");
      assertThat(wide).as(name).isLessThanOrEqualTo(width);
    }
  }

  /** Twelve past editions whose chances came true about as often as they said. */
  private static void past() {
    var random = new Random(5);
    shop.database()
        .useHandle(
            tx -> {
              var products =
                  tx.createQuery("select id from catalog.product order by id limit 24")
                      .mapTo(java.util.UUID.class)
                      .list();
              for (var edition = 101; edition <= 112; edition++) {
                var at = Instant.now().minus(Duration.ofHours(4L * (120 - edition)));
                tx.createUpdate(
                        """
                        insert into outcomes.edition
                        values (?, ?, ?, interval '4 hours', true, true)
                        """)
                    .bind(0, edition)
                    .bind(1, at.atOffset(ZoneOffset.UTC))
                    .bind(2, at.plus(Duration.ofHours(4)).atOffset(ZoneOffset.UTC))
                    .execute();
                for (var product : products) {
                  var chance = random.nextDouble() * random.nextDouble();
                  var gone = random.nextDouble() < chance;
                  var orders = gone ? 8 : random.nextInt(6);
                  tx.createUpdate(
                          """
                          insert into outcomes.outcome
                          values (?, ?, 8, ?, ?, ?, ?, ?, 0.2, ?, ?, ?, ?)
                          """)
                      .bind(0, edition)
                      .bind(1, product)
                      .bind(2, 1 + 6 * chance)
                      .bind(3, chance)
                      .bind(4, chance)
                      .bind(5, Math.sqrt(chance))
                      .bind(6, random.nextInt(40))
                      .bind(7, orders)
                      .bind(8, orders)
                      .bind(9, gone ? at.atOffset(ZoneOffset.UTC) : null)
                      .bind(10, random.nextInt(10) == 0)
                      .execute();
                }
              }
            });
  }

  // A node that starts rates at once.
  private static void rateAgain() {
    var before = ratings();
    try (var _ = shop.sibling()) {
      Patience.until("a rating", PATIENCE, () -> ratings() > before);
    }
  }

  private static long ratings() {
    return shop.database()
        .withHandle(
            tx -> tx.createQuery("select count(*) from scoring.score").mapTo(Long.class).one());
  }

  private static String trend() {
    return shop.database()
        .withHandle(
            tx ->
                tx.createQuery("select key from trends.observation order by id limit 1")
                    .mapTo(String.class)
                    .one());
  }

  private static String first() {
    return slug(0);
  }

  private static String second() {
    return slug(3);
  }

  private static String slug(int row) {
    return ROW.matcher(page("")).results().skip(row).findFirst().orElseThrow().group(1);
  }

  private static String page(String path) {
    var answer = shop.get("/admin/engine" + path, inside);
    assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static void refused(String path, String field) {
    var answer = shop.get("/admin/engine" + path, inside);
    assertThat(answer.statusCode()).as(path).isEqualTo(400);
    assertThat(answer.body()).contains(field);
  }

  private static void post(String path, String form) {
    HttpResponse<String> answer = shop.form("/admin/engine" + path, form, inside);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
