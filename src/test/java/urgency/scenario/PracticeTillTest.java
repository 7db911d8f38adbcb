package urgency.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The payment page of the practice till, with the cards that people know. */
class PracticeTillTest {
  private static final Pattern ORDER = Pattern.compile("/orders/ord_[0-9a-f]{32}");
  private static final Pattern TILL = Pattern.compile("/c/pay/cs_test_");
  private static final int LOOKS_MAX = 80;

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    Shelf.of(shop);
  }

  @AfterAll
  static void close() {
    assertThat(shop.log()).doesNotContain("failed (");
    shop.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_declined_card_is_told_and_another_one_pays(boolean script) {
    try (var phone = script ? Phone.withScript() : Phone.withoutScript()) {
      var page = toTheTill(phone);

      page.getByText("4000 0000 0000 9995").click();
      pay(page);

      assertThat(page.getByRole(AriaRole.ALERT)).containsText("insufficient funds");
      assertThat(page).hasURL(TILL);
      look(page, "till-declined-" + script);

      page.getByText("4242 4242 4242 4242").click();
      pay(page);
      becomes(page, "Paid");
      assertThat(phone.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_card_that_asks_the_bank_is_paid_after_yes_and_open_after_no(boolean script) {
    try (var phone = script ? Phone.withScript() : Phone.withoutScript()) {
      var page = toTheTill(phone);
      page.getByText("4000 0025 0000 3155").click();
      pay(page);
      page.waitForURL(Pattern.compile("/c/step/pi_"));
      look(page, "till-step-" + script);
      button(page, "Fail").click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("authenticate");

      page.getByText("4000 0025 0000 3155").click();
      pay(page);
      button(page, "Complete").click();

      becomes(page, "Paid");
    }
  }

  @Test
  void a_debit_is_agreed_at_once_and_the_money_comes_later() {
    try (var phone = Phone.withScript()) {
      var page = toTheTill(phone);
      page.getByText("Bank debit by IBAN").click();
      page.getByText("AT61 1904 3002 3457 3201").click();
      look(page, "till-debit");
      button(page, "Pay .* by debit").click();
      page.waitForURL(ORDER);
      assertThat(page.content()).doesNotContain(">Paid<");

      becomes(page, "Paid");
    }
  }

  @Test
  void a_page_that_is_left_can_still_be_paid() {
    try (var phone = Phone.withScript()) {
      var page = toTheTill(phone);
      var till = page.url();

      page.getByText("Cancel and go back").click();
      page.waitForURL(ORDER);

      page.navigate(till);
      pay(page);
      becomes(page, "Paid");
    }
  }

  @Test
  void what_is_typed_wrongly_is_told_beside_the_field_and_a_strangers_card_is_not_kept() {
    try (var phone = Phone.withoutScript()) {
      var page = toTheTill(phone);
      page.getByLabel("Card number").fill("4111 1111 1111 1111");
      page.getByLabel("Security code").fill("1");

      pay(page);

      assertThat(page.getByText("takes test cards only")).isVisible();
      assertThat(page.getByText("three or four digits")).isVisible();
      assertThat(page.content()).doesNotContain("4111");
      look(page, "till-wrong");
      page.getByLabel("Card number").fill("5555 5555 5555 4444");
      pay(page);
      becomes(page, "Paid");
    }
  }

  @Test
  void the_page_can_be_paid_with_the_keyboard_alone() {
    try (var phone = Phone.withScript()) {
      var page = toTheTill(phone);
      page.getByLabel("Card number").focus();
      for (var i = 0; i < 4; i++) page.keyboard().press("Tab");
      assertThat(button(page, "Pay")).isFocused();

      page.keyboard().press("Enter");

      becomes(page, "Paid");
    }
  }

  @Test
  void the_page_says_that_it_is_for_practice_and_fits_a_phone() {
    try (var phone = Phone.withScript()) {
      var page = toTheTill(phone);

      assertThat(page.getByText("Test mode")).isVisible();
      assertThat(page.getByText("No card is charged")).isVisible();
      assertThat(page.locator("page-clock b")).hasText(Pattern.compile("\\d\\d:\\d\\d"));
      look(page, "till-pay");
      page.setViewportSize(1440, 900);
      look(page, "till-pay-wide");
      assertThat(phone.complaints()).isEmpty();
    }
  }

  private static Page toTheTill(Phone phone) {
    var page = phone.page();
    var offer = Shelf.of(shop).offers().stream().filter(it -> it.left() > 3).findFirst();
    page.navigate(shop.url("/p/" + offer.orElseThrow().slug()));
    button(page, "Buy now").click();
    page.waitForURL(Pattern.compile("/checkout"));
    button(page, "Pay").click();
    page.waitForURL(TILL);
    return page;
  }

  // Nothing may stick out at any width.
  private static void look(Page page, String name) {
    var wider = page.evaluate("document.body.scrollWidth > document.documentElement.clientWidth");
    assertThat(wider).as(name).isEqualTo(false);
  }

  private static void becomes(Page page, String status) {
    page.waitForURL(ORDER);
    for (var i = 0; i < LOOKS_MAX && !page.content().contains(status); i++) {
      page.waitForTimeout(250);
      page.reload();
    }
    assertThat(page.getByText(Pattern.compile(status)).first()).isVisible();
  }

  private static void pay(Page page) {
    button(page, "Pay").click();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^\\s*" + name)))
        .first();
  }
}
