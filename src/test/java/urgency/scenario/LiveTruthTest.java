package urgency.scenario;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** Numbers and clocks on real phones: those of the server, and only while they are true. */
class LiveTruthTest {
  private static final String PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 Safari/605.1.15";
  private static final int PEOPLE = 4;
  // On a busy machine four phones take their time; bin/bench live measures how long it is on its
  // own.
  private static final double TOLD_MS = 60_000;
  private static final double GONE_MS = 60_000;

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
  void a_phone_whose_clock_is_three_hours_wrong_shows_the_servers_time_also_after_a_reload() {
    try (var right = Phone.withScript();
        var wrong = Phone.withScript()) {
      wrong
          .page()
          .addInitScript("{ const now = Date.now; Date.now = () => now.call(Date) + 10_800_000; }");
      for (var page : new Page[] {right.page(), wrong.page()}) {
        settled(page);
        until("the clock is right", () -> Math.abs(error(page)) <= 1);
        page.reload();
        until("the clock is right after a reload", () -> Math.abs(error(page)) <= 1);
      }
      assertThat(right.complaints()).isEmpty();
      assertThat(wrong.complaints()).isEmpty();
    }
  }

  @Test
  void as_many_as_look_at_a_card_are_told_and_nobody_once_they_have_left() {
    try (var phone = Phone.withScript()) {
      var browser = phone.page().context().browser();
      var pages = new ArrayList<Page>();
      try {
        for (var i = 0; i < PEOPLE; i++) {
          var own = new Browser.NewContextOptions().setUserAgent(PHONE).setViewportSize(390, 844);
          var page = browser.newContext(own).newPage();
          page.waitForResponse(
              it -> it.url().endsWith("/live/look"), () -> page.navigate(shop.url("/")));
          pages.add(page);
        }
        for (var page : pages) {
          assertThat(page.locator(".hero live-audience"))
              .hasText(
                  PEOPLE + " viewing", new LocatorAssertions.HasTextOptions().setTimeout(TOLD_MS));
        }
        for (var page : pages.subList(1, PEOPLE)) page.context().close();

        assertThat(pages.getFirst().locator(".hero live-audience"))
            .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(GONE_MS));
      } finally {
        // The browser is shared: what is left open would slow down all that comes after.
        for (var page : pages) page.context().close();
      }
    }
  }

  @Test
  void of_two_numbers_in_quick_succession_the_newer_one_stays() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      page.route(Pattern.compile("/events"), Route::abort);
      settled(page);
      var audience = page.locator(".hero live-audience");
      page.locator(".hero live-audience:defined")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));

      audience.evaluate(
          """
          it => {
            for (const people of [7, 8]) {
              const audience = { [it.dataset.product]: people };
              document.dispatchEvent(new CustomEvent("live-frame", { detail: { audience } }));
            }
          }""");

      assertThat(audience).hasText("8 viewing");
    }
  }

  @Test
  void when_the_shelf_turns_under_the_readers_hands_its_old_prices_are_over() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      settled(page);
      page.locator("product-sheet")
          .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
      assertThat(page.locator(".card .chip.flash").first()).isVisible();
      page.evaluate("document.body.append(Object.assign(document.createElement('input')))");
      page.locator("body > input").focus();
      var next =
          shop.get("/").body().replaceFirst("data-edition=\"\\d+\"", "data-edition=\"999999\"");
      page.route(
          shop.url("/"),
          it -> it.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(next)));

      page.evaluate(
          "document.dispatchEvent(new CustomEvent('live-frame',"
              + " { detail: { edition: { number: 999999 } } }))");

      assertThat(page.locator(".pill")).isVisible();
      assertThat(page.locator(".card:not([data-state=over])")).hasCount(0);
      assertThat(page.locator(".card .chip.flash").first()).isHidden();
      assertThat(page.locator(".card .price s").first()).isHidden();
    }
  }

  @Test
  void a_heart_is_one_device_and_is_still_there_for_the_next_visitor() {
    var product = Jsoup.parse(shop.get("/").body()).select("article.hero").attr("data-product");
    var liked = "{\"product\":\"" + product + "\",\"liked\":true}";

    var first = heart(liked, "User-Agent", PHONE);
    var cookie = first.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    heart(liked, "User-Agent", PHONE, "Cookie", cookie);
    heart(liked, "User-Agent", PHONE);
    heart(liked, "User-Agent", "curl/8.5.0");
    var shared = "{\"product\":\"" + product + "\"}";
    shop.json("/live/share", shared, "User-Agent", PHONE, "Cookie", cookie);
    shop.json("/live/share", shared, "User-Agent", PHONE, "Cookie", cookie);

    until("two hearts", () -> told("likes", product) == 2);
    until("one share", () -> told("shares", product) > 0);
    assertThat(told("shares", product)).isEqualTo(1);
    assertThat(shop.json("/live/heart", "{\"product\":\"lamp\"}").statusCode()).isEqualTo(400);
    assertThat(shop.json("/live/heart", "nonsense").statusCode()).isEqualTo(400);
    assertThat(
            shop.json("/live/heart", liked.replaceFirst("[0-9a-f]{8}-", "00000000-")).statusCode())
        .isEqualTo(404);
  }

  @Test
  void where_no_stream_gets_through_the_numbers_are_asked_for() {
    try (var phone = Phone.withScript()) {
      var page = phone.page();
      page.route(Pattern.compile("/events"), Route::abort);
      var asked = new ArrayList<String>();
      page.onRequest(it -> asked.add(it.url()));
      settled(page);

      Patience.until(
          "the page asks",
          Duration.ofSeconds(90),
          () -> {
            page.waitForTimeout(250);
            return asked.contains(shop.url("/api/live"));
          });
    }
  }

  private static void settled(Page page) {
    page.navigate(shop.url("/"));
    assertThat(page.locator(".hero drop-countdown b").first())
        .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(TOLD_MS));
  }

  /** Seconds by which the clock on the page is wrong, by the time of this machine. */
  private static long error(Page page) {
    page.waitForTimeout(200);
    var clock = page.locator(".hero drop-countdown");
    var digits = clock.locator("time").innerText().replaceAll("\\D", "");
    var ends = Instant.parse(clock.getAttribute("data-until"));
    var left = Duration.between(Instant.now(), ends).toSeconds();
    var seconds = digits.length();
    if (seconds < 6) return Long.MAX_VALUE;
    var hours = Long.parseLong(digits.substring(0, seconds - 4));
    var minutes = Long.parseLong(digits.substring(seconds - 4, seconds - 2));
    return hours * 3_600 + minutes * 60 + Long.parseLong(digits.substring(seconds - 2)) - left;
  }

  private static HttpResponse<String> heart(String body, String... headers) {
    var answer = shop.json("/live/heart", body, headers);
    assertThat(answer.statusCode()).isEqualTo(204);
    return answer;
  }

  private static int told(String what, String product) {
    return Shelf.json(shop.get("/api/live").body()).path(what).path(product).asInt();
  }

  private static void until(String what, java.util.function.BooleanSupplier condition) {
    Patience.until(what, Duration.ofSeconds(60), condition);
  }
}
