package urgency.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.Patience;
import urgency.catalog.VariantId;
import urgency.claims.PressingWords;
import urgency.inventory.Stock;

/**
 * The running shop after somebody with the database's password has tampered with the evidence
 * behind its cues: no page draws them any more.
 */
class TamperedShopTest {
  private static final Duration SOON = Duration.ofSeconds(45);

  /** What a page draws only with evidence, by selector. */
  private static final Map<String, String> CUES =
      new TreeMap<>(
          Map.of(
              "countdown", "fuse-line, drop-countdown, .clock[data-until]",
              "flash price", ".chip.flash, .flash-strip",
              "price before", ".price s, .price i",
              "units left", ".left:matches(\\S)",
              "units sold", ".sold:matches(\\S)",
              "trend", ".card-meta bdi:matches(\\S), .evidence bdi:matches(\\S)",
              "daily drop", ".badge"));

  private static Shop shop;
  private static Shelf shelf;

  @BeforeAll
  static void a_shop_that_draws_every_cue() {
    shop = Shop.open(Map.of("URGENCY_SHELF_REFRESH", "7d"));
    shelf = Shelf.of(shop);
    Buyer.of(shop).paid();
    var id = new VariantId(scarce().id());
    shop.database().useTransaction(tx -> new Stock().stock(tx, id, 2, Instant.now()));
    for (var cue : CUES.keySet()) {
      var bought = "/p/" + shelf.offers().getFirst().slug();
      Patience.until(
          cue + " is drawn", SOON, () -> drawn("/").contains(cue) || drawn(bought).contains(cue));
    }
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void no_page_presses_or_shames_and_none_draws_a_cue_from_tampered_evidence() {
    for (var path : Crawl.pages(shop)) {
      var page = page(path);
      // The rules name what is forbidden.
      page.select("ol.rules").remove();
      assertThat(PressingWords.pressure(page.text())).as(path).isEmpty();
    }

    shop.kill();
    tamper();
    shop.restart();
    Patience.until("the shelf is open again", SOON, () -> !page("/").select(".card").isEmpty());

    var found = new ArrayList<String>();
    for (var path : Crawl.pages(shop)) drawn(path).forEach(cue -> found.add(path + ": " + cue));
    assertThat(found).isEmpty();
    // A node that nobody asks does not look; it does as soon as somebody has.
    Patience.until(
        "who polls hears of the stock",
        SOON,
        () -> shop.get("/api/live").body().contains("\"left\":"));
    assertThat(shop.get("/api/live").body()).doesNotContain("\"few\"");
    assertThat(Shelf.json(shop.get("/api/live").body()).path("stock"))
        .isNotEmpty()
        .allMatch(it -> it.path("sold").asInt() == 0);
  }

  /** The last offer whose product has no other variant: what is left of it is what is left. */
  private static Shelf.Offer scarce() {
    return shelf.offers().stream()
        .filter(it -> shelf.offers().stream().filter(o -> o.slug().equals(it.slug())).count() == 1)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  // The end moved after it was shown, prices that were lower before, a trend that no source names,
  // and more sold than there ever was.
  private static void tamper() {
    shop.database()
        .useTransaction(
            tx -> {
              tx.execute("set local session_replication_role = replica");
              tx.execute("update claims.ending set ends_at = ends_at + interval '1 hour'");
              tx.execute("update catalog.price set price_minor = 1 where valid_until is null");
              tx.execute("update shelf.slot set evidence = 'Everybody watches this'");
              tx.execute("update shelf.deal set units_stocked = 0");
            });
  }

  private static List<String> drawn(String path) {
    var page = page(path);
    var drawn = new ArrayList<String>();
    CUES.forEach(
        (name, selector) -> {
          if (!page.select(selector).isEmpty()) drawn.add(name);
        });
    return drawn;
  }

  private static Document page(String path) {
    return Jsoup.parse(shop.get(path, "Accept", "text/html").body());
  }
}
