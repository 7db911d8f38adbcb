package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;

/** A shop whose shelf is ranked by a weighted score says so wherever it says why. */
class WeightedShopTest {
  private static final Pattern ROW =
      Pattern.compile("href=\"/admin/engine/products/([a-z0-9-]+)\">");

  private static Shop shop;
  private static Owner owner;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of("URGENCY_SHELF_MODE", "weighted", "URGENCY_SHELF_REST_SHELVES", "1"));
    Shelf.of(shop);
    owner = Owner.of(shop);
    Patience.until("a rating", Duration.ofSeconds(60), () -> ROW.matcher(engine("")).find());
  }

  @AfterAll
  static void close() {
    assertThat(shop.log()).doesNotContain("failed (");
    shop.close();
  }

  @Test
  void the_why_page_shows_the_reckoning_and_decides_the_shelf_again() {
    var why = engine("/products/" + slug() + "?replay=yes&units=3");

    assertThat(why)
        .contains("by score → place", "Its score: ", "of 100 = 0.70 × ", "(Virality Potential)")
        .contains("by value, score ")
        .containsPattern("[Ii]ts two numbers")
        .contains("<b>The same.</b>");
  }

  @Test
  void everyone_is_told_in_their_language() {
    assertThat(shop.get("/how-we-rank").body())
        .contains("Ranked by a score of 0 to 100: 70 %", "20 % virality, 10 % urgency")
        .doesNotContain("Ranked by what the shop expects to earn");
    assertThat(shop.get("/how-we-rank?lang=de").body()).contains("Punktzahl von 0 bis 100: 70 %");
    assertThat(shop.get("/how-we-rank?lang=es").body()).contains("de 0 a 100: el 70 %");
  }

  @Test
  void the_tools_say_it_and_decide_it_again() {
    assertThat(shop.tool("explain", slug()))
        .contains("    score ", "of 100 = 0.70 × ", "by score alone", "of 100 ratings of the last");
    assertThat(shop.tool("replay")).contains("edition 1: the same");
  }

  private static String slug() {
    return Shelf.of(shop).offers().getFirst().slug();
  }

  private static String engine(String path) {
    return owner.get("/admin/engine" + path).body();
  }
}
