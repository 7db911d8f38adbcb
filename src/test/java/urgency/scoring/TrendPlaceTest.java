package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Goods.NOW;
import static urgency.scoring.Goods.product;
import static urgency.scoring.Goods.trend;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;
import urgency.platform.sql.StoredRecord;
import urgency.scoring.Calibration.Curve;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.Scorer.Link;
import urgency.scoring.TrendPlace.Measure;
import urgency.scoring.rules.RulesScorer;
import urgency.statistics.Isotonic;
import urgency.trends.Trend;
import urgency.trends.Trends.Told;

class TrendPlaceTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-23");

  @Test
  void momentum_and_curves_are_ranked_each_among_their_own() {
    var told = new ArrayList<List<Told>>();
    for (var i = 1; i <= 10; i++) told.add(growing("v" + i, i));
    for (var i = 1; i <= 10; i++) told.add(List.of(Tales.curve("c" + i, DAY, i, 100)));

    var places = TrendPlace.of(told, Calibration.PRIOR);

    for (var i = 0; i < 10; i++) {
      var place = places.get(i).orElseThrow();
      assertThat(place.measure()).isEqualTo(Measure.VIEWS);
      assertThat(place.percentile()).isEqualTo((i + 1) / 10.0);
      assertThat(place.among()).isEqualTo(10);
      assertThat(places.get(10 + i).orElseThrow().measure()).isEqualTo(Measure.CURVE);
      assertThat(places.get(10 + i).orElseThrow().percentile()).isEqualTo((i + 1) / 10.0);
    }
    // The best of ten stands for the uppermost tenth, whose middle is 0.95.
    assertThat(places.get(9).orElseThrow().chance()).isCloseTo(0.52, within(1e-12));
    assertThat(places.get(19).orElseThrow().chance()).isCloseTo(0.35, within(1e-12));
  }

  @Test
  void equals_share_a_place_and_a_chance() {
    var told = new ArrayList<List<Told>>();
    for (var i = 1; i <= 10; i++) {
      told.add(List.of(Tales.curve("c" + i, DAY, i > 6 ? 100 : 10 * i, 1)));
    }

    var places = TrendPlace.of(told, Calibration.PRIOR);

    for (var i = 6; i < 10; i++) {
      assertThat(places.get(i).orElseThrow().percentile()).isEqualTo(0.85);
      assertThat(places.get(i).orElseThrow().chance())
          .isEqualTo(places.get(9).orElseThrow().chance());
    }
  }

  @Test
  void few_trends_and_young_ones_are_not_ranked() {
    var nine = new ArrayList<List<Told>>();
    for (var i = 1; i <= 9; i++) nine.add(List.of(Tales.curve("c" + i, DAY, i, 1)));
    assertThat(TrendPlace.of(nine, Calibration.PRIOR)).allMatch(Optional::isEmpty);

    var young = Tales.curve("young", DAY, 100, 1);
    var of = new ArrayList<>(nine);
    of.add(
        List.of(
            new Told(
                young.subject(),
                DAY,
                young.observedAt(),
                Tales.curve(DAY, 40, 100),
                1,
                young.total(),
                young.posts(),
                List.of())));
    assertThat(TrendPlace.of(of, Calibration.PRIOR)).allMatch(Optional::isEmpty);
    var link = new Link(trend("a", Trend.Stage.NEW, 100), 1, "tag");
    assertThat(TrendOutlook.breakOut(link)).isEqualTo(0.20);
  }

  @Test
  void the_priors_say_one_in_ten_on_average_however_many_are_ranked() {
    for (var measure : Measure.values()) {
      for (var among : List.of(10, 40, 500)) {
        var sum = 0.0;
        for (var rank = 1; rank <= among; rank++) {
          sum += TrendOutlook.prior(measure, rank / (double) among, among);
        }
        assertThat(sum / among).isCloseTo(0.1, within(0.006));
      }
    }
  }

  @Test
  void what_was_learnt_moves_the_chance_and_is_shrunk() {
    var curve = new Curve(600, List.of(new Isotonic.Step(0, 1, 180, 600)));
    var learnt = new Calibration.OfTrends(curve, Curve.PRIOR, Curve.PRIOR);
    var calibration = Calibration.PRIOR.with(learnt);
    var told = new ArrayList<List<Told>>();
    for (var i = 1; i <= 10; i++) told.add(growing("v" + i, i));

    var best = TrendPlace.of(told, calibration).get(9).orElseThrow();

    assertThat(best.chance()).isCloseTo(0.75 * 0.3 + 0.25 * 0.52, within(1e-12));
    assertThat(StoredRecord.read(StoredRecord.write(calibration), Calibration.class))
        .isEqualTo(calibration);
  }

  @Test
  void a_stored_rating_keeps_the_place_and_one_from_before_reads_as_it_did() {
    var lamp = product(1, "Lamp", "home", "lamp");
    var it = trend("lamp", Trend.Stage.RISING, 10, 50, 70, 100);
    var place = new TrendPlace(Measure.VIEWS, 0.031, 0.975, 40, 0.7);
    var settings =
        ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));
    var ranked = run(settings, new Candidate(lamp, 3, List.of(), List.of(placed(it, place))));
    var before = new OldRun(settings, new OldLink(it, 1, "tag"), lamp);

    var again = StoredRecord.read(StoredRecord.write(ranked), Runs.Run.class);
    var old = StoredRecord.read(StoredRecord.write(before), Runs.Run.class);

    assertThat(again).isEqualTo(ranked);
    assertThat(again.rate(RulesScorer::new).getFirst().virality()).isEqualTo(70);
    assertThat(old.candidates().getFirst().links().getFirst().place()).isEmpty();
    // By the table of then: a curve that ends at its maximum comes to 0.60.
    assertThat(old.rate(RulesScorer::new).getFirst().virality()).isEqualTo(60);
    // A link without a place is written as it was before there were places.
    assertThat(StoredRecord.digest(new Link(it, 1, "tag")))
        .isEqualTo(StoredRecord.digest(new OldLink(it, 1, "tag")));
  }

  /** A link as it was written before there were places. */
  private record OldLink(Trend trend, double strength, String method) {}

  private record OldCandidate(
      urgency.catalog.Product product, int unitsLeft, List<Object> sales, List<OldLink> links) {}

  /** A rating as it was written then. */
  private record OldRun(
      java.time.Instant at,
      Duration horizon,
      ScoringSettings settings,
      Optional<Calibration> calibration,
      List<OldCandidate> candidates) {
    OldRun(ScoringSettings settings, OldLink link, urgency.catalog.Product product) {
      this(
          NOW,
          Duration.ofHours(4),
          settings,
          Optional.empty(),
          List.of(new OldCandidate(product, 3, List.of(), List.of(link))));
    }
  }

  private static Runs.Run run(ScoringSettings settings, Candidate candidate) {
    return new Runs.Run(NOW, Duration.ofHours(4), settings, Optional.empty(), List.of(candidate));
  }

  private static Link placed(Trend trend, TrendPlace place) {
    return new Link(trend, 1, "tag", Optional.of(place));
  }

  private static List<Told> growing(String id, long perDay) {
    return List.of(
        Tales.total(id, DAY.minusDays(10), 1_000), Tales.total(id, DAY, 1_000 + 10 * perDay));
  }
}
