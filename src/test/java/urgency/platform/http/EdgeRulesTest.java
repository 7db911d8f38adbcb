package urgency.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;

class EdgeRulesTest {
  private static final String SITE = "https://shop.example";
  private static final UUID VISITOR = new UUID(7, 9);

  private final Visitors visitors = new Visitors(new byte[32], true);

  @Test
  void a_write_from_our_own_page_is_ours() {
    assertThat(Origins.foreign("same-origin", null, "shop.example", SITE)).isFalse();
    assertThat(Origins.foreign("none", null, "shop.example", SITE)).isFalse();
    assertThat(Origins.foreign(null, "https://shop.example", "shop.example", SITE)).isFalse();
    assertThat(Origins.foreign(null, "https://shop.example", "10.0.0.7:8080", SITE)).isFalse();
  }

  @Test
  void a_write_from_another_site_is_foreign() {
    assertThat(Origins.foreign("cross-site", null, "shop.example", SITE)).isTrue();
    assertThat(Origins.foreign("same-site", null, "shop.example", SITE)).isTrue();
    assertThat(Origins.foreign(null, "https://evil.example", "shop.example", SITE)).isTrue();
    assertThat(Origins.foreign(null, "null", "shop.example", SITE)).isTrue();
    assertThat(Origins.foreign(null, "https://shop.example.evil.example", "shop.example", SITE))
        .isTrue();
  }

  @Test
  void a_program_that_is_no_browser_may_write() {
    assertThat(Origins.foreign(null, null, "shop.example", SITE)).isFalse();
  }

  @Test
  void an_address_of_this_shop_becomes_its_path_and_no_other_does() {
    var here = HttpSettings.read(Settings.read(Map.of("URGENCY_SITE_URL", SITE), Optional.empty()));

    assertThat(here.near(SITE + "/till/cs_1")).hasToString("/till/cs_1");
    assertThat(here.near("https://checkout.stripe.com/c/pay")).hasHost("checkout.stripe.com");
    assertThat(here.near(SITE + ".evil.example/x")).hasHost("shop.example.evil.example");
  }

  @Test
  void a_visitor_is_known_again_by_the_cookie() {
    assertThat(visitors.known(visitors.value(VISITOR))).contains(VISITOR);
    assertThat(visitors.among("a=b; shelf_visitor=" + visitors.value(VISITOR) + "; c=d"))
        .contains(VISITOR);
  }

  @Test
  void a_forged_cookie_is_nobody() {
    var genuine = visitors.value(VISITOR);
    var forged = (genuine.charAt(0) == 'A' ? 'B' : 'A') + genuine.substring(1);

    assertThat(visitors.known(forged)).isEmpty();
    assertThat(visitors.known("")).isEmpty();
    assertThat(visitors.known("ä".repeat(43))).isEmpty();
    assertThat(
            new Visitors("another key of 32 bytes.........".getBytes(StandardCharsets.UTF_8), true)
                .known(genuine))
        .isEmpty();
  }

  @Test
  void one_range_of_a_file_can_be_asked_for() {
    assertThat(Ranges.range("bytes=0-1", 100)).contains(new Ranges.Range(0, 1));
    assertThat(Ranges.range("bytes=90-", 100)).contains(new Ranges.Range(90, 99));
    assertThat(Ranges.range("bytes=-10", 100)).contains(new Ranges.Range(90, 99));
    assertThat(Ranges.range("bytes=50-500", 100)).contains(new Ranges.Range(50, 99));
  }

  @Test
  void a_range_outside_the_file_is_refused_and_nonsense_is_ignored() {
    assertThat(Ranges.range("bytes=100-", 100)).isEmpty();
    assertThat(Ranges.range("bytes=9-1", 100)).isEmpty();
    assertThat(Ranges.range("bytes=-0", 100)).isEmpty();
    assertThat(Ranges.range("bytes=-", 100)).isEmpty();
    assertThat(Ranges.range("bytes=0-1,4-5", 100)).contains(new Ranges.Range(0, 99));
    assertThat(Ranges.range("lines=1-2", 100)).contains(new Ranges.Range(0, 99));
  }

  @Test
  void the_best_encoding_that_is_admitted_is_sent() {
    var body = "urgency ".repeat(200).getBytes(StandardCharsets.UTF_8);
    var page = Compressed.of(body, true, Compressed.Effort.PAGE);

    assertThat(page.bestFor("gzip, deflate, br").encoding()).contains("br");
    assertThat(page.bestFor("gzip, br;q=0").encoding()).contains("gzip");
    assertThat(page.bestFor("gzip;q=0.5").encoding()).contains("gzip");
    assertThat(page.bestFor("gzip;q=0").encoding()).isEqualTo(Optional.empty());
    assertThat(page.bestFor(null).encoding()).isEmpty();
    assertThat(page.bestFor("gzip").etag()).isNotEqualTo(page.bestFor("br").etag());
  }
}
