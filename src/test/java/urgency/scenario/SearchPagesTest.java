package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** Looking for something, with and without script, rightly and wrongly spelt. */
class SearchPagesTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static Shop shop;

  @BeforeAll
  static void open() {
    // A small shelf, so that most of the catalogue is not on it.
    shop = Shop.open(Map.of("URGENCY_SHELF_SLOTS", "6"));
    Shelf.of(shop);
    Patience.until(
        "the catalogue can be searched",
        SOON,
        () -> !found("lamp").select("#results .card").isEmpty());
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void what_is_on_the_shelf_comes_first_and_the_rest_without_any_cue() {
    var page = found("a c h l m p s");
    var cards = Jsoup.parse(shop.get("/c/home").body()).select(".card");
    var over = cards.select("[data-state=over]");

    assertThat(over).isNotEmpty();
    assertThat(over.select(".flash, .price s, .price i, drop-countdown")).isEmpty();
    assertThat(over.text()).contains("Not on the shelf now");
    var firstOver = cards.indexOf(over.getFirst());
    assertThat(cards.subList(firstOver, cards.size()))
        .allMatch(it -> it.attr("data-state").equals("over"));
    assertThat(page.select("h1")).hasSize(1);
  }

  @Test
  void a_misspelt_word_finds_and_asks_what_was_meant() {
    var page = found("mushrom");

    assertThat(page.select(".outcome").text())
        .contains("No match for “mushrom”.", "Did you mean mushroom?");
    assertThat(page.select(".outcome a").attr("href")).isEqualTo("/search?q=mushroom");
    assertThat(page.select(".card h3").text()).contains("Sunset Mushroom Lamp");
  }

  @Test
  void where_nothing_is_found_the_best_of_the_shelf_is_offered() {
    var page = found("xylophone");

    assertThat(page.select(".outcome").text()).isEqualTo("No match for “xylophone”.");
    assertThat(page.select(".next-best .card").size()).isBetween(1, 4);
  }

  @Test
  void results_are_narrowed_by_category_price_shelf_and_stock() {
    var all = found("lamp").select("#results > .grid > .card");
    var cheap = page("/search?q=lamp&to=1").select("#results > .grid > .card");
    var toys = page("/search?category=toys&stock=1").select("#results > .grid > .card");
    var shelf = page("/search?shelf=1").select("#results > .grid > .card");

    assertThat(all).isNotEmpty();
    assertThat(cheap).isEmpty();
    assertThat(toys).isNotEmpty();
    assertThat(toys.select(".card-meta a").eachAttr("href")).containsOnly("/c/toys");
    assertThat(shelf).hasSize(6);
  }

  @Test
  void a_wish_that_cannot_be_is_answered_with_its_field() {
    for (var wish : List.of("from=abc", "to=-1", "page=0", "category=A%20B", "page=9999")) {
      var answer = shop.get("/search?q=lamp&" + wish);

      assertThat(answer.statusCode()).as(wish).isEqualTo(400);
      assertThat(answer.body()).as(wish).contains(wish.substring(0, wish.indexOf('=')));
    }
    assertThat(shop.get("/c/no-such-thing").statusCode()).isEqualTo(404);
    assertThat(shop.get("/c/..%2Fadmin").statusCode()).isIn(400, 404);
  }

  @Test
  void goods_of_a_kind_named_like_the_till_have_their_page_and_the_till_keeps_its_own() {
    var buyer = Buyer.of(shop);
    var till = buyer.post("/orders/" + buyer.placed(1) + "/pay", "");
    var session = URI.create(till.headers().firstValue("Location").orElseThrow()).getPath();
    for (var name : List.of("pay", "step")) {
      var slug = kindOf("sunset-mushroom-lamp", name);

      var kind = shop.get("/c/" + name);

      assertThat(kind.statusCode()).as(name).isEqualTo(200);
      assertThat(Jsoup.parse(kind.body()).select(".card a[href=/p/" + slug + "]")).isNotEmpty();
      assertThat(Jsoup.parse(kind.body()).select("form.till-form")).isEmpty();
    }
    assertThat(session).startsWith("/c/pay/cs_test_");
    assertThat(Jsoup.parse(shop.get(session).body()).select("form.till-form")).isNotEmpty();
    assertThat(shop.get("/c/pay/cs_test_nothing").statusCode()).isEqualTo(404);
    assertThat(shop.get("/c/step/pi_nothing").statusCode()).isEqualTo(404);
    kindOf("sunset-mushroom-lamp", "home");
  }

  private static String kindOf(String slug, String category) {
    var changed =
        shop.database()
            .withHandle(
                tx ->
                    tx.execute(
                        "update search.entry set category = ? where slug = ?", category, slug));
    assertThat(changed).isEqualTo(1);
    return slug;
  }

  @Test
  void hostile_words_come_back_as_words_and_a_flood_of_them_is_read_up_to_a_bound() {
    for (var text :
        List.of(
            "<img src=x onerror=alert(1)>",
            "lamp:* & !x",
            "' or 1=1 --",
            "%00",
            "x".repeat(3_000))) {
      var answer = shop.get("/search?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));

      assertThat(answer.statusCode()).as(text).isEqualTo(200);
      assertThat(Jsoup.parse(answer.body()).select("[onerror]")).as(text).isEmpty();
    }
    assertThat(shop.get("/search?q=" + "x".repeat(10_000)).statusCode()).isIn(400, 414, 431);
  }

  @Test
  void a_word_that_trends_now_finds_what_came_to_the_shelf_by_it() {
    for (var chip : page("/search").select(".pick")) {
      assertThat(page(chip.attr("href")).select("#results > .grid > .card"))
          .as(chip.text())
          .isNotEmpty();
    }
  }

  @Test
  void typing_finds_without_a_tap_and_the_slash_key_leads_there() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      page.navigate(shop.url("/"));
      page.keyboard().press("/");
      page.waitForURL(Pattern.compile("/search"));
      page.locator("search-box input").first().pressSequentially("mushr");
      page.waitForURL(Pattern.compile("/search\\?q=mushr$"));
      page.locator("#results .card h3:has-text('Mushroom')").first().waitFor();

      assertThat(page.evaluate("document.activeElement.name")).isEqualTo("q");
      assertThat(phone.complaints()).isEmpty();
    }
  }

  @Test
  void letters_that_were_typed_before_the_script_came_are_looked_for_too() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      page.addInitScript(
          "addEventListener('DOMContentLoaded', () =>"
              + " { document.querySelector('search-box input').value = 'mushr'; })");
      page.navigate(shop.url("/search"));

      page.locator("#results .card h3:has-text('Mushroom')").first().waitFor();
    }
  }

  @Test
  void without_script_the_form_and_the_facets_work() {
    try (var phone = Phone.withoutScript()) {
      var page = phone.page();
      page.navigate(shop.url("/"));
      page.locator("a[data-search]").click();
      page.waitForURL(Pattern.compile("/search"));
      page.locator("search-box input[name=q]").fill("fountain");
      page.locator(".search-line button").click();
      page.waitForURL(Pattern.compile("q=fountain"));

      assertThat(page.locator("#results .card h3").first().textContent()).contains("Fountain");
    }
  }

  @Test
  void what_was_looked_at_is_remembered_on_the_phone_and_forgotten_at_a_tap() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      page.navigate(shop.url("/p/cat-fountain"));
      // What is not needed at once is loaded at the first touch, or after three seconds.
      Patience.until("it is remembered", SOON, () -> seen(page).contains("cat-fountain"));
      page.navigate(shop.url("/search"));
      assertThat(page.locator("recent-views .alike").getAttribute("href"))
          .isEqualTo("/p/cat-fountain");

      page.locator("recent-views button").click();

      assertThat(page.locator("recent-views").isVisible()).isFalse();
      assertThat(phone.complaints()).isEmpty();
    }
  }

  @Test
  void a_product_page_shows_what_resembles_it_whether_it_is_on_the_shelf_or_not() {
    for (var slug : List.of(Shelf.of(shop).offers().getFirst().slug(), "cat-fountain")) {
      var links = page("/p/" + slug).select(".more .alike").eachAttr("href");

      assertThat(links).as(slug).isNotEmpty().doesNotContain("/p/" + slug);
    }
  }

  @Test
  void categories_are_in_the_foot_and_in_the_sitemap_in_every_language() {
    Shelf.of(shop);
    // The catalogue of a new shop is looked at again after a while, not at each page.
    Patience.until("categories in the foot", SOON, () -> !foot().isEmpty());
    var foot = foot();
    var map = shop.get("/sitemap.xml").body();
    var home = page("/c/home");

    assertThat(foot).contains("/c/home", "/c/tech");
    assertThat(map).contains(shop.url("/c/home") + "</loc>", "hreflang=\"de\"", "/p/cat-fountain");
    assertThat(home.select("link[rel=canonical]").attr("href")).isEqualTo(shop.url("/c/home"));
    assertThat(page("/c/home?lang=de").select("h1").text()).isEqualTo("Wohnen");
  }

  private static List<String> foot() {
    return page("/").select(".foot a[href^=/c/]").eachAttr("href");
  }

  private static String seen(Page page) {
    return String.valueOf(page.evaluate("localStorage.getItem('recent')"));
  }

  private static Document found(String words) {
    return page("/search?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
  }

  private static Document page(String path) {
    return Jsoup.parse(shop.get(path, "Accept", "text/html").body());
  }
}
