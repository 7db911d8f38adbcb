package urgency.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import urgency.catalog.PriceHistory;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.claims.Evidence;
import urgency.money.Money;
import urgency.shelf.Edition;

/** Every page of the shelf under evidence that does not hold: not one claim is drawn. */
class HonestPagesTest {
  private static final String TIME = "fuse-line, .hero [role=timer], .clock, .hero-tags .chip";
  private static final String FLASH = ".chip.flash, .flash-strip";
  private static final String WAS = ".price s, .price i";
  private static final String LEFT = ".left:matches(\\S)";
  private static final String SOLD = ".sold:matches(\\S)";
  private static final String TREND = ".card-meta bdi:matches(\\S), .evidence";
  private static final String PLACE = ".card-meta strong, .badge";

  private static final Edition EDITION = Samples.shown().edition();
  private static final Footing SOUND = Samples.footing(EDITION);
  private static final Map<VariantId, Integer> LEFT_NOW = Samples.shown().left();
  private static final Map<VariantId, Integer> SOLD_NOW = Samples.shown().sold();

  @Test
  void under_sound_evidence_every_kind_of_claim_is_drawn() {
    var pages = pages(SOUND, LEFT_NOW, SOLD_NOW, Samples.NOW, Samples.NOW);

    for (var cue : List.of(TIME, FLASH, WAS, LEFT, SOLD, TREND, PLACE)) {
      assertThat(drawn(pages, cue)).as(cue).isPositive();
    }
  }

  @Test
  void figures_that_nobody_has_read_lately_make_no_claim() {
    var stale = Samples.NOW.minusSeconds(31);

    nothing(pages(SOUND, LEFT_NOW, SOLD_NOW, stale, Samples.NOW), LEFT, SOLD);
  }

  @Test
  void a_clock_that_is_three_hours_slow_or_fast_makes_no_claim() {
    for (var hours : List.of(-3, 5)) {
      var wrong = Samples.NOW.plus(Duration.ofHours(hours));
      nothing(
          pages(SOUND, LEFT_NOW, SOLD_NOW, Samples.NOW, wrong),
          TIME,
          FLASH,
          WAS,
          LEFT,
          SOLD,
          PLACE);
    }
  }

  @Test
  void an_end_that_was_moved_is_not_counted_down() {
    var moved =
        new Footing(EDITION.closesAt().minusSeconds(60), SOUND.lowest(), SOUND.known(), Map.of());

    nothing(pages(moved, LEFT_NOW, SOLD_NOW, Samples.NOW, Samples.NOW), TIME);
  }

  @Test
  void equal_and_lower_prices_of_the_past_make_no_reduction() {
    for (UnaryOperator<Money> past :
        List.<UnaryOperator<Money>>of(it -> it, it -> new Money(it.minor() - 1, it.currency()))) {
      var lowest = new HashMap<VariantId, Money>();
      for (var slot : EDITION.slots()) {
        for (var deal : slot.deals()) lowest.put(deal.variant(), past.apply(deal.price()));
      }
      var footing = new Footing(EDITION.closesAt(), lowest, SOUND.known(), SOUND.trends());

      nothing(pages(footing, LEFT_NOW, SOLD_NOW, Samples.NOW, Samples.NOW), FLASH, WAS);
    }
  }

  @Test
  void a_reference_that_the_history_does_not_have_makes_no_reduction() {
    var lowest = new HashMap<VariantId, Money>();
    SOUND.lowest().forEach((v, it) -> lowest.put(v, new Money(it.minor() + 1, it.currency())));
    var other = new Footing(EDITION.closesAt(), lowest, SOUND.known(), SOUND.trends());
    var none = new Footing(EDITION.closesAt(), Map.of(), Map.of(), SOUND.trends());

    nothing(pages(other, LEFT_NOW, SOLD_NOW, Samples.NOW, Samples.NOW), WAS);
    nothing(pages(none, LEFT_NOW, SOLD_NOW, Samples.NOW, Samples.NOW), WAS, FLASH);
  }

  @Test
  void prices_from_the_future_a_young_history_and_a_rerun_make_no_flash_price() {
    for (var known :
        List.of(
            new PriceHistory.Known(Samples.NOW.plus(Duration.ofDays(1)), Optional.empty()),
            new PriceHistory.Known(Samples.OPENS.minus(Duration.ofDays(29)), Optional.empty()),
            new PriceHistory.Known(Instant.EPOCH, Optional.of(Money.of(1, "USD"))))) {
      var all = new HashMap<VariantId, PriceHistory.Known>();
      SOUND.known().keySet().forEach(it -> all.put(it, known));
      var footing = new Footing(EDITION.closesAt(), SOUND.lowest(), all, SOUND.trends());

      nothing(pages(footing, LEFT_NOW, SOLD_NOW, Samples.NOW, Samples.NOW), FLASH);
    }
  }

  @Test
  void negative_and_impossible_numbers_make_no_claim() {
    for (var number : List.of(-1, -50, 1_000_000)) {
      var left = new HashMap<VariantId, Integer>();
      var sold = new HashMap<VariantId, Integer>();
      LEFT_NOW.keySet().forEach(it -> left.put(it, number));
      LEFT_NOW.keySet().forEach(it -> sold.put(it, number));

      nothing(pages(SOUND, left, SOLD_NOW, Samples.NOW, Samples.NOW), LEFT, ".badge");
      nothing(pages(SOUND, LEFT_NOW, sold, Samples.NOW, Samples.NOW), SOLD);
    }
  }

  @Test
  void a_trend_of_49_hours_ago_from_tomorrow_without_a_source_or_not_at_all_is_not_shown() {
    for (var trend :
        List.of(
            new Evidence.Trend(
                "source", "", Samples.NOW.minusSeconds(49 * 3_600), true, Samples.NOW),
            new Evidence.Trend("source", "", Samples.NOW.plusSeconds(3_600), true, Samples.NOW),
            new Evidence.Trend("", "", Samples.NOW, true, Samples.NOW))) {
      var trends = new HashMap<ProductId, Evidence.Trend>();
      for (var slot : EDITION.slots()) {
        trends.put(
            slot.product(),
            new Evidence.Trend(
                trend.source(), slot.evidence(), trend.observedAt(), true, trend.at()));
      }
      var footing = new Footing(EDITION.closesAt(), SOUND.lowest(), SOUND.known(), trends);

      nothing(pages(footing, LEFT_NOW, SOLD_NOW, Samples.NOW, Samples.NOW), TREND);
    }
    var none = new Footing(EDITION.closesAt(), SOUND.lowest(), SOUND.known(), Map.of());
    nothing(pages(none, LEFT_NOW, SOLD_NOW, Samples.NOW, Samples.NOW), TREND);
  }

  @Test
  void calm_pages_have_the_same_prices_and_forms_and_nothing_that_runs() {
    var pages = new TestPages();
    PageSamples.all()
        .forEach(
            (name, it) -> {
              var loud = Jsoup.parse(pages.render(it.template(), it.view()));
              var calm = Jsoup.parse(pages.calm(it.template(), it.view()));

              assertThat(calm.select("drop-countdown, hold-clock, fuse-line, live-audience"))
                  .as(name)
                  .isEmpty();
              assertThat(calm.select("preview-clip")).as(name).isEmpty();
              assertThat(calm.select(".price").eachText())
                  .as(name)
                  .isEqualTo(loud.select(".price").eachText());
              assertThat(calm.select("form, button, input, .cta").size())
                  .as(name)
                  .isEqualTo(loud.select("form, button, input, .cta").size());
            });
  }

  private static Map<String, Document> pages(
      Footing footing,
      Map<VariantId, Integer> left,
      Map<VariantId, Integer> sold,
      Instant at,
      Instant now) {
    var sample = Samples.shown();
    var cues = Cues.of(EDITION, Map.of(), left, sold, footing, at, now);
    var shown = new ShelfView.Shown(EDITION, sample.products(), Map.of(), left, sold, cues);
    var pages = new TestPages();
    var all = new LinkedHashMap<String, Document>();
    all.put(
        "shelf",
        Jsoup.parse(pages.render("storefront/shelf", ShelfView.of(shown, now).orElseThrow())));
    for (var slot : EDITION.slots()) {
      var product = Objects.requireNonNull(shown.products().get(slot.product()));
      all.put(
          product.slug(),
          Jsoup.parse(
              pages.render(
                  "storefront/product", ProductView.onShelf(shown, slot, product, List.of()))));
    }
    return all;
  }

  private static int drawn(Map<String, Document> pages, String cue) {
    return pages.values().stream().mapToInt(it -> it.select(cue).size()).sum();
  }

  private static void nothing(Map<String, Document> pages, String... cues) {
    for (var cue : cues) {
      pages.forEach((name, page) -> assertThat(page.select(cue)).as(name + " " + cue).isEmpty());
    }
  }
}
