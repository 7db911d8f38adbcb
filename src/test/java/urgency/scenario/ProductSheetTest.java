package urgency.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A product over the shelf, and a phone without a line. */
class ProductSheetTest {
  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    Shelf.of(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void a_tap_opens_the_product_over_the_shelf_and_back_closes_it() {
    try (var phone = Phone.withScript()) {
      var page = settled(phone);
      var sheet = tapped(page);

      assertThat(sheet.locator("h1").first()).isFocused();
      assertThat(page).hasURL(Pattern.compile("/p/"));
      assertThat(sheet.getByText("Buy now").first()).isVisible();
      page.goBack();

      assertThat(sheet).isHidden();
      assertThat(page).hasURL(shop.url("/"));
      assertThat(page.locator("snap-feed")).isVisible();
      assertThat(phone.complaints()).isEmpty();
    }
  }

  @Test
  void escape_closes_the_sheet_and_focus_returns_to_the_link() {
    try (var phone = Phone.withScript()) {
      var page = settled(phone);
      var sheet = tapped(page);

      page.keyboard().press("Escape");

      assertThat(sheet).isHidden();
      assertThat(page.locator(".hero h2 a")).isFocused();
    }
  }

  @Test
  void from_the_sheet_it_is_two_taps_to_the_till() {
    try (var phone = Phone.withScript()) {
      var page = settled(phone);
      var sheet = tapped(page);

      sheet.getByText("Buy now").first().click();

      page.waitForURL(Pattern.compile("/checkout"));
    }
  }

  @Test
  void without_a_line_the_page_says_so_and_nothing_can_be_bought() {
    try (var phone = Phone.withScript()) {
      var page = settled(phone);

      page.context().setOffline(true);

      assertThat(page.getByText("You’re offline. Prices").first()).isVisible();
      assertThat(page.locator(".hero .cta").first()).hasCSS("pointer-events", "none");
      page.context().setOffline(false);
      assertThat(page.locator(".hero .cta").first()).not().hasCSS("pointer-events", "none");
    }
  }

  @Test
  void robots_and_search_engines_are_told_what_is_here() {
    assertThat(shop.get("/robots.txt").body()).contains("Sitemap: " + shop.url("/sitemap.xml"));
    assertThat(shop.get("/sitemap.xml").body())
        .contains("<loc>" + shop.url("/p/" + Shelf.of(shop).offers().getFirst().slug()) + "</loc>");
  }

  private static Page settled(Phone phone) {
    var page = phone.page();
    page.navigate(shop.url("/"));
    attached(page);
    return page;
  }

  private static void attached(Page page) {
    page.locator("product-sheet")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
  }

  private static Locator tapped(Page page) {
    page.locator(".hero h2 a").click();
    var sheet = page.locator("dialog.sheet");
    assertThat(sheet).isVisible();
    return sheet;
  }
}
