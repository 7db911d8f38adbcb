package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static urgency.scoring.Goods.product;
import static urgency.scoring.Goods.trend;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import urgency.catalog.Product;
import urgency.scoring.Scorer.Link;
import urgency.trends.Trend;

class LinksTest {
  @Test
  void a_trend_finds_a_product_by_tag_name_or_category() {
    var oil = product(1, "Velvet Lip Oil", "beauty", "glow-up");

    assertThat(links(List.of(rising("glowup")), oil)).extracting(Link::method).containsOnly("tag");
    assertThat(links(List.of(rising("lipoil")), oil)).extracting(Link::method).containsOnly("name");
    assertThat(links(List.of(rising("beauty")), oil))
        .extracting(Link::method)
        .containsOnly("category");
    assertThat(links(List.of(rising("kettlebell")), oil)).isEmpty();
  }

  @Test
  void a_trend_finds_a_product_by_meaning_with_less_than_certainty() {
    var oil = product(1, "Velvet Lip Oil", "beauty", "glow-up");
    var lamp = product(2, "Mushroom Lamp", "home");

    assertThat(links(List.of(rising("velvetlipoils"), rising("dance")), oil))
        .singleElement()
        .satisfies(it -> assertThat(it.method()).isEqualTo("meaning"))
        .satisfies(it -> assertThat(it.strength()).isBetween(0.9, 0.99));
    assertThat(links(List.of(rising("mushroomlamps")), lamp)).hasSize(1);
    assertThat(links(List.of(rising("lipoils")), lamp)).isEmpty();
  }

  @Test
  void what_is_found_by_equal_words_is_certain() {
    var links = links(List.of(rising("lipoil")), product(1, "Velvet Lip Oil", "beauty"));

    assertThat(links).singleElement().extracting(Link::strength).isEqualTo(1.0);
  }

  @Test
  void words_that_go_with_everything_find_nothing() {
    var product = product(1, "Mini Viral Set", "home", "fyp", "viral", "tiktok");

    assertThat(links(List.of(rising("fyp"), rising("viral"), rising("mini")), product)).isEmpty();
  }

  @Test
  void of_one_key_in_several_countries_the_first_counts() {
    var best = rising("lipoil");
    var links = links(List.of(best, rising("lipoil")), product(1, "Lip Oil", "beauty", "lipoil"));

    assertThat(links).singleElement().extracting(Link::trend).isSameAs(best);
  }

  @Test
  void the_strongest_come_first_and_at_most_eight() {
    var tags = new ArrayList<String>();
    var trends = new ArrayList<Trend>();
    for (var i = 0; i < 12; i++) {
      tags.add("tag" + i);
      trends.add(trend("tag" + i, Trend.Stage.MID, 10, 100, 60, 30 + i));
    }

    var links = links(trends, product(1, "Thing", "home", tags.toArray(String[]::new)));

    assertThat(links).hasSize(8);
    assertThat(links).first().extracting(it -> it.trend().key()).isEqualTo("tag11");
  }

  private static List<Link> links(List<Trend> trends, Product product) {
    return new Links(trends).of(product);
  }

  private static Trend rising(String key) {
    return trend(key, Trend.Stage.RISING, 10, 50, 70, 100);
  }
}
