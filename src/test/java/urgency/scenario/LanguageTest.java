package urgency.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** The shop in the languages of its shoppers. */
class LanguageTest {
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of("URGENCY_LANGUAGE_DISGUISE", "true"));
    Shelf.of(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void the_ready_made_shelf_is_served_in_each_language_and_is_not_sent_twice() {
    // Once the kinds of the catalogue are in its foot, nothing changes the shelf of a shop that
    // rests.
    Patience.until(
        "the whole shelf",
        Duration.ofSeconds(60),
        () -> !Jsoup.parse(shop.get("/").body()).select(".foot a[href^=/c/]").isEmpty());
    for (var language : List.of("en", "de", "es")) {
      var first = shop.get("/", "Accept-Language", language);
      var tag = first.headers().firstValue("ETag").orElseThrow();
      var again = shop.get("/", "Accept-Language", language, "If-None-Match", tag);
      var other = language.equals("en") ? "de" : "en";

      assertThat(Jsoup.parse(first.body()).select("html").attr("lang")).isEqualTo(language);
      assertThat(first.headers().firstValue("Content-Language")).contains(language);
      assertThat(first.headers().firstValue("Vary").orElse(""))
          .contains("Accept-Language", "Cookie");
      assertThat(first.body().contains("in a day")).isEqualTo(language.equals("en"));
      assertThat(again.statusCode()).isEqualTo(304);
      assertThat(shop.get("/", "Accept-Language", other, "If-None-Match", tag).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void a_choice_is_remembered_on_pages_that_are_ready_and_on_those_that_are_not() {
    for (var path : List.of("/", "/cart", "/orders", "/nowhere")) {
      var chosen = shop.get(path + "?lang=de", "Accept", "text/html");

      assertThat(chosen.headers().allValues("Set-Cookie"))
          .as(path)
          .anyMatch(it -> it.startsWith("shelf_lang=de;"));
      assertThat(shop.get(path, "Accept", "text/html", "Cookie", "shelf_lang=de").body())
          .as(path)
          .contains("<html lang=\"de\"");
      assertThat(shop.get(path, "Accept", "text/html").headers().allValues("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void a_shopper_without_script_switches_the_language_in_the_footer() {
    try (var phone = Phone.withoutScript()) {
      var page = phone.page();
      page.navigate(shop.url("/cart"));
      page.locator(".languages a[lang=es]").click();
      page.waitForURL(Pattern.compile("lang=es"));
      page.navigate(shop.url("/orders"));

      assertThat(page.locator("html").getAttribute("lang")).isEqualTo("es");
      assertThat(page.locator("h1").textContent()).contains("Aquí no hay nada");
    }
  }

  @Test
  void scripts_speak_the_language_of_the_page_and_times_are_the_readers() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      page.navigate(shop.url("/?lang=de"));

      assertThat(page.locator(".clock .label").first()).hasText("Nächster Regalwechsel in");
      assertThat(page.locator("local-time time[title$=UTC]").first())
          .hasText(Pattern.compile("^\\d\\d:\\d\\d$"));
      assertThat(phone.complaints()).isEmpty();
    }
  }

  @Test
  void search_engines_find_every_language_at_an_address_of_its_own() {
    var german = Jsoup.parse(shop.get("/?lang=de").body());

    assertThat(german.select("link[rel=canonical]").attr("href")).isEqualTo(shop.url("/?lang=de"));
    assertThat(german.select("link[rel=alternate]").eachAttr("hreflang"))
        .containsExactly("en", "de", "es", "en-XA", "x-default");
    assertThat(german.select("link[hreflang=x-default]").attr("href")).isEqualTo(shop.url("/"));
  }

  @Test
  void in_disguise_from_right_to_left_nothing_is_wider_than_the_screen() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      for (var path : List.of("/", "/cart", "/orders", "/nowhere")) {
        page.navigate(shop.url(path + "?lang=en-XA"));

        assertThat(page.locator("html").getAttribute("dir")).isEqualTo("rtl");
        assertThat(
                page.evaluate(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
            .as(path)
            .isEqualTo(0);
      }
    }
  }
}
