package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import urgency.Patience;

/** The owner of a shop under test, signed in by the link that the shop printed. */
final class Owner {
  private static final Pattern LINK = Pattern.compile("/admin/setup\\?token=([\\w-]{43})");
  private static final String PASSWORD = "a lamp that hums";
  private static final int PHONE = 390;
  private static final int DESK = 1440;

  private final Shop shop;
  private final String[] inside;

  private Owner(Shop shop, String[] inside) {
    this.shop = shop;
    this.inside = inside;
  }

  static Owner of(Shop shop) {
    var link = LINK.matcher("");
    Patience.until(
        "the link is printed", Duration.ofSeconds(30), () -> link.reset(shop.log()).find());
    var form = "token=%s&name=Owner&password=%s".formatted(link.group(1), coded(PASSWORD));
    var cookie = shop.form("/admin/setup", form).headers().firstValue("Set-Cookie").orElseThrow();
    return new Owner(shop, new String[] {"Cookie", cookie.substring(0, cookie.indexOf(';'))});
  }

  HttpResponse<String> get(String path) {
    return shop.get(path, inside);
  }

  HttpResponse<String> form(String path, String body) {
    return shop.form(path, body, inside);
  }

  /** Signs in with a browser. */
  void enter(Page page) {
    page.navigate(shop.url("/admin/sign-in"));
    page.getByLabel("Name").fill("Owner");
    page.getByLabel("Password").fill(PASSWORD);
    page.locator("button.cta").click();
    page.waitForURL("**/admin");
  }

  /** Looks at a page on a phone and on a desk; nothing may be wider than they are. */
  void look(Page page, String path, String name) {
    page.navigate(shop.url(path));
    Screens.look(page, name, PHONE, DESK);
  }

  /** Where a form led. */
  static String where(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^http://[^/]+", "");
  }

  static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Pages at several widths; pictures of them are made by {@code bin/screens}. */
  static final class Screens {
    private static final int TRIES_MAX = 5;

    private Screens() {}

    static void look(Page page, String name, int... widths) {
      for (var width : widths) {
        page.setViewportSize(width, width == PHONE ? 844 : 900);
        var wide = (Number) read(page, "document.documentElement.scrollWidth");
        assertThat(wide.intValue()).as(name).isLessThanOrEqualTo(width);
      }
    }

    /** Reads from a page that asks again by itself, and may be on its way just now. */
    static Object read(Page page, String expression) {
      for (var tries = 1; ; tries++) {
        try {
          return page.evaluate(expression);
        } catch (PlaywrightException moved) {
          if (tries == TRIES_MAX) throw moved;
          page.waitForLoadState();
        }
      }
    }
  }
}
