package urgency.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A payment provider that takes its time: what the shopper sees meanwhile. */
class SlowDeskTest {
  private static final Pattern LATER = Pattern.compile("/orders/ord_[0-9a-f]{32}\\?till=later");
  // The page of a payment, on the shop's own address: its policy lets forms lead nowhere else.
  private static final Pattern PAYING = Pattern.compile("/cart\\?pay=cs_test_");

  private static StripeStandIn stripe;
  private static Shop shop;

  @BeforeAll
  static void open() {
    stripe = new StripeStandIn();
    shop = Shop.open(stripe.settings());
    stripe.pagesAt(shop.url("/cart?pay="));
    Shelf.of(shop);
  }

  @AfterAll
  static void close() {
    shop.close();
    stripe.close();
  }

  @Test
  void the_shopper_sees_at_once_that_the_units_are_held_and_is_taken_on_when_the_page_is_there() {
    try (var phone = Phone.withScript()) {
      waitsAndGoesOn(phone.page(), "held-script");
    }
  }

  @Test
  void without_script_the_page_asks_again_by_itself() {
    try (var phone = Phone.withoutScript()) {
      waitsAndGoesOn(phone.page(), "held-plain");
    }
  }

  @Test
  void an_order_whose_page_is_open_by_then_goes_straight_there() {
    var buyer = Buyer.of(shop);
    var order = buyer.placed(1);
    buyer.awaits(order, "AWAITING_PAYMENT");

    var answer = buyer.get("/orders/" + order + "?till=later");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElseThrow()).containsPattern(PAYING);
  }

  private static void waitsAndGoesOn(Page page, String name) {
    var gate = new CountDownLatch(1);
    stripe.slowUntil(gate);
    var offer =
        Shelf.of(shop).offers().stream().filter(it -> it.left() > 0).findFirst().orElseThrow();
    page.navigate(shop.url("/checkout?variant=" + offer.variant().replace("-", "")));
    button(page, "Pay").click();
    page.waitForURL(LATER);
    // From the tap to the answer, redirect included, without what the browser makes of it.
    var waited =
        (Number)
            Owner.Screens.read(page, "performance.getEntriesByType('navigation')[0].responseStart");

    assertThat(page.getByRole(AriaRole.HEADING).first())
        .hasText("It’s yours, opening secure checkout");
    assertThat(page.getByText(Pattern.compile("units are held until [0-9]{2}:[0-9]{2}")).first())
        .isVisible();
    // The provider itself is waited for seven seconds; the shopper is not.
    assertThat(waited.longValue()).isBetween(1L, 7_000L);
    Owner.Screens.look(page, name, 390, 1440);

    gate.countDown();
    page.waitForURL(PAYING);
  }

  private static com.microsoft.playwright.Locator button(Page page, String name) {
    var named = new Page.GetByRoleOptions().setName(Pattern.compile("^\\s*" + name));
    return page.getByRole(AriaRole.BUTTON, named).first();
  }
}
