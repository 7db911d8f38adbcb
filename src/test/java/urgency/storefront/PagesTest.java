package urgency.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.language.Language;
import urgency.shelf.Deal;
import urgency.shelf.Edition;
import urgency.shelf.Slot;

/** Every page in every state: what must be true of all, and of some. */
class PagesTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'{evil}";
  private static final Map<String, String> PAGES = render();

  @Test
  void every_page_is_well_formed() {
    var broken = new ArrayList<String>();
    PAGES.forEach(
        (name, html) -> {
          var parser = Parser.htmlParser().setTrackErrors(20);
          parser.parseInput(html, "http://localhost/");
          parser.getErrors().forEach(it -> broken.add(name + ": " + it));
        });

    assertThat(broken).isEmpty();
  }

  @Test
  void no_page_carries_inline_style_or_script_but_the_one_that_is_named_in_the_policy() {
    PAGES.forEach(
        (name, html) -> {
          var page = Jsoup.parse(html);

          var data = page.select("script[type=application/ld+json]");
          data.forEach(
              it -> assertThat(Samples.json(it.data()).path("@type").isTextual()).isTrue());
          assertThat(page.select("[style]")).as(name).isEmpty();
          assertThat(page.select("style"))
              .as(name)
              .allMatch(it -> it.data().equals(TestPages.FIRST_STYLE));
          data.addAll(page.select("script#words[type=application/json]"));
          assertThat(page.select("script:not([src])")).as(name).hasSameElementsAs(data);
          assertThat(page.select("*").stream().filter(PagesTest::listens)).as(name).isEmpty();
        });
  }

  @Test
  void every_page_has_one_headline_a_language_a_skip_link_and_a_status_line() {
    PAGES.forEach(
        (name, html) -> {
          var page = Jsoup.parse(html);

          assertThat(page.select("h1")).as(name).hasSize(1);
          assertThat(page.select("html[lang], main#main, a.skip, #status")).as(name).hasSize(4);
          assertThat(page.title()).as(name).isNotBlank();
        });
  }

  @Test
  void every_button_and_link_has_a_name() {
    PAGES.forEach(
        (name, html) ->
            Jsoup.parse(html)
                .select("a, button")
                .forEach(
                    it ->
                        assertThat(it.text() + it.attr("aria-label"))
                            .as(name + ": " + it)
                            .isNotBlank()));
  }

  @Test
  void ids_are_unique_on_every_page() {
    PAGES.forEach(
        (name, html) ->
            assertThat(Jsoup.parse(html).select("body [id]").eachAttr("id"))
                .as(name)
                .doesNotHaveDuplicates());
  }

  @Test
  void a_hostile_name_stays_a_name() {
    var shown = shownAs(HOSTILE, HOSTILE);
    var pages = new TestPages();
    var shelf = pages.render("storefront/shelf", ShelfView.of(shown, Samples.NOW).orElseThrow());
    var slot = shown.edition().slots().getFirst();
    var product = shown.products().values().iterator().next();
    var page =
        pages.render("storefront/product", ProductView.onShelf(shown, slot, product, List.of()));

    for (var html : List.of(shelf, page)) {
      assertThat(Jsoup.parse(html).select("[onerror], img[src=x]")).isEmpty();
      assertThat(html).doesNotContain("<img src=x");
    }
    assertThat(Jsoup.parse(page).select("h1").text()).isEqualTo(HOSTILE);
  }

  @Test
  void a_price_that_is_no_flash_price_has_no_flash_cue() {
    var page = page("product-cat-fountain");

    assertThat(page.select(".flash-strip, .product-lead s, .product-lead .price i")).isEmpty();
  }

  @Test
  void a_flash_price_shows_its_reference_its_percent_and_its_end() {
    var page = page("product-sunset-mushroom-lamp");

    assertThat(page.select(".product-lead .price").text())
        .isEqualTo("Now $20.07, was $31.36, −36 %");
    assertThat(page.select(".flash-strip time").attr("datetime"))
        .isEqualTo(Samples.CLOSES.toString());
  }

  @Test
  void nothing_is_said_about_sales_and_stock_when_there_is_nothing_to_say() {
    var card = card("snap-charger");

    assertThat(card.select(".sold, .left").text()).isBlank();
    assertThat(card.select(".stock svg").hasAttr("hidden")).isTrue();
  }

  @Test
  void no_page_claims_an_audience_by_itself() {
    PAGES.forEach(
        (name, html) ->
            Jsoup.parse(html)
                .select("live-audience")
                .forEach(
                    it -> {
                      assertThat(it.hasAttr("hidden")).as(name).isTrue();
                      assertThat(it.text()).as(name).isBlank();
                    }));
  }

  @Test
  void what_is_sold_out_cannot_be_grabbed_and_is_not_in_a_hurry() {
    var card = card("cloud-slides");

    assertThat(card.select(".cta").text()).isEqualTo("Sold out");
    assertThat(card.select(".chip.flash")).isEmpty();
    assertThat(page("product-cloud-slides").select("form")).isEmpty();
  }

  @Test
  void what_is_off_the_shelf_shows_its_regular_price_and_no_cue() {
    var page = page("product-over");

    assertThat(page.select(".product-lead").text()).contains("Not on the shelf now", "$89.00");
    assertThat(page.select(".product .flash-strip, .product s, .product form")).isEmpty();
    assertThat(page.select(".next-best .card")).hasSize(3);
  }

  @Test
  void demo_evidence_says_so() {
    assertThat(PAGES.get("product-glow-drops")).contains("demo data");
  }

  @Test
  void both_numbers_say_how_sure_they_are_and_what_they_rest_on() {
    var why = page("product-glow-drops").select(".why");

    assertThat(why.select("dl div").getFirst().text()).isEqualTo("Virality 91 could be 74 to 96");
    assertThat(why.select("dl div").getLast().text()).isEqualTo("Urgency 78 within a point");
    assertThat(why.select("dl div").getFirst().select("rect").getFirst().attr("x")).isEqualTo("74");
    assertThat(why.select(".chip").text()).isEqualTo("Rests on its own orders, trends and stock");
  }

  @Test
  void a_shelf_page_holds_nothing_about_its_visitor() {
    var page = page("shelf");

    assertThat(page.select("cart-count").text()).isBlank();
    assertThat(page.select("form, input[name=key]")).isEmpty();
  }

  @Test
  void only_the_daily_drop_is_loaded_eagerly() {
    var page = page("shelf");

    assertThat(page.select("picture img[fetchpriority=high]")).hasSizeLessThanOrEqualTo(1);
    assertThat(page.select(".feed picture img:not([loading=lazy])")).isEmpty();
  }

  private static Document page(String name) {
    return Jsoup.parse(PAGES.getOrDefault(name, ""));
  }

  private static Element card(String slug) {
    return page("shelf").select("article[aria-labelledby=t-" + slug + "]").getFirst();
  }

  private static boolean listens(Element element) {
    return element.attributes().asList().stream().anyMatch(it -> it.getKey().startsWith("on"));
  }

  private static Map<String, String> render() {
    var pages = new TestPages();
    var all = new LinkedHashMap<String, String>();
    PageSamples.all()
        .forEach(
            (name, it) -> {
              all.put(name, pages.render(it.template(), it.view()));
              for (var language : List.of(Language.GERMAN, Language.SPANISH, Language.DISGUISE)) {
                var page = pages.render(it.template(), it.view(), language);
                all.put(name + "." + language.tag(), page);
              }
            });
    return all;
  }

  private static ShelfView.Shown shownAs(String name, String evidence) {
    var product = Samples.product(0, name);
    var variant = product.variants().getFirst().id();
    var price = Money.of(1000, "USD");
    var deal = new Deal(variant, name, price, price, price, 5, 1);
    var slot = new Slot(1, product.id(), List.of(deal), 1, 1, name, evidence, name, Samples.NOW);
    var edition = new Edition(1, Samples.OPENS, Samples.CLOSES, List.of(slot));
    var left = Map.<VariantId, Integer>of(variant, 3);
    return new ShelfView.Shown(
        edition,
        Map.<ProductId, urgency.catalog.Product>of(product.id(), product),
        Map.of(),
        left,
        Map.of(),
        Cues.of(
            edition, Map.of(), left, Map.of(), Samples.footing(edition), Samples.NOW, Samples.NOW));
  }

  @Test
  void an_edition_of_unknown_products_has_no_page() {
    var shown =
        new ShelfView.Shown(
            Samples.shown().edition(), Map.of(), Map.of(), Map.of(), Map.of(), Cues.NONE);

    assertThat(ShelfView.of(shown, Samples.NOW)).isEqualTo(Optional.empty());
  }
}
