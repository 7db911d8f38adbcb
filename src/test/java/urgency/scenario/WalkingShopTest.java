package urgency.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** From the landing page to a paid order, as a shopper does it. */
class WalkingShopTest {
  private static final Pattern PAID = Pattern.compile("Paid", Pattern.CASE_INSENSITIVE);

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int LOOKS_MAX = 80;

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
  void a_shopper_swipes_buys_pays_and_sees_the_order_turn_paid() {
    try (var phone = Phone.withScript()) {
      var before = sold();
      walk(phone.page());

      Patience.until("one unit is sold", SOON, () -> sold() == before + 1);
      assertThat(phone.complaints()).isEmpty();
    }
  }

  @Test
  void the_same_walk_works_without_javascript() {
    try (var phone = Phone.withoutScript()) {
      var before = sold();
      walk(phone.page());

      Patience.until("one unit is sold", SOON, () -> sold() == before + 1);
    }
  }

  @Test
  void a_shopper_who_came_by_another_address_of_the_shop_can_pay_too() {
    var elsewhere = Map.of("URGENCY_SITE_URL", "http://shop.example");
    try (var second = shop.sibling(elsewhere);
        var phone = Phone.withScript()) {
      Shelf.of(second);

      walk(phone.page(), second);

      assertThat(phone.complaints()).isEmpty();
    }
  }

  @Test
  void a_cart_with_two_products_becomes_one_order() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      for (var offer :
          Shelf.of(shop).offers().stream().filter(it -> it.left() > 2).toList().subList(0, 2)) {
        page.navigate(shop.url("/p/" + offer.slug()));
        button(page, "Add to cart").click();
        page.waitForURL("**/cart");
      }
      page.navigate(shop.url("/cart"));
      page.getByText(Pattern.compile("^\\s*Checkout")).first().click();
      page.waitForURL(Pattern.compile("/checkout"));
      button(page, "Pay").click();
      page.waitForURL(Pattern.compile("/c/pay/"));
      button(page, "Pay").click();

      page.waitForURL(Pattern.compile("/orders/ord_[0-9a-f]{32}"));
      assertThat(page.getByText(PAID).first()).isVisible();
    }
  }

  @Test
  void an_order_is_nobody_elses_business() {
    try (var phone = Phone.withScript()) {
      walk(phone.page());
      var order = phone.page().url();

      assertThat(shop.get(order.replace(shop.url(""), "")).statusCode()).isEqualTo(404);
    }
  }

  private static void walk(Page page) {
    walk(page, shop);
  }

  private static void walk(Page page, Shop shop) {
    page.navigate(shop.url("/"));
    assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
    page.getByRole(AriaRole.LINK, named("Grab it")).first().click();
    page.waitForURL(Pattern.compile("/p/"));
    button(page, "Buy now").click();
    page.waitForURL(Pattern.compile("/checkout"));
    button(page, "Pay").click();
    page.waitForURL(Pattern.compile("/c/pay/"));
    assertThat(page.getByText("PRACTICE").first()).isVisible();
    button(page, "Pay").click();
    page.waitForURL(Pattern.compile("/orders/ord_[0-9a-f]{32}"));
    for (var i = 0; i < LOOKS_MAX && !page.content().contains("Paid"); i++) {
      page.waitForTimeout(250);
      page.reload();
    }
    assertThat(page.getByText(PAID).first()).isVisible();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile("^\\s*" + name));
  }

  private static com.microsoft.playwright.Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, named(name)).first();
  }

  private static int sold() {
    return shop.database()
        .withHandle(
            tx ->
                tx.createQuery("select coalesce(sum(sold), 0) from inventory.stock")
                    .mapTo(Integer.class)
                    .one());
  }
}
