package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.demand.Exposure;
import urgency.demand.PriceEffect;
import urgency.money.Money;
import urgency.platform.settings.Settings;
import urgency.platform.sql.StoredRecord;
import urgency.scoring.Scorer.Candidate;
import urgency.scoring.rules.RulesScorer;

/** What a rating knew, as it is kept. */
class RunsTest {
  /** Digest of the scores that the version before exposure and prices gave. */
  private static final String THEN =
      "d35d8e77b6ae134d0f9a09d9c2509c03d88ef87cfcbbd00eb292fd22c9fefd0d";

  @Test
  void a_rating_of_before_exposure_and_prices_counted_is_done_again_to_the_last_bit()
      throws IOException {
    var run = StoredRecord.read(resource("run-before-exposure.json.gz"), Runs.Run.class);

    assertThat(run.candidates()).hasSize(12).allMatch(it -> it.exposure().isEmpty());
    assertThat(StoredRecord.digest(run.rate(RulesScorer::new))).isEqualTo(THEN);
  }

  @Test
  void what_was_known_of_exposure_and_prices_is_kept_and_rated_again_alike() {
    var day = new Exposure.Day(Goods.TODAY.minusDays(1), 0.1, 7_000);
    var exposure = new Exposure(Optional.of(Goods.TODAY.minusDays(30)), List.of(day));
    var candidate =
        new Candidate(Goods.product(1, "Lamp", "home"), 5, List.of(Goods.sold(1, 4)), List.of())
            .known(Optional.of(exposure), Optional.of(Money.of(800, "EUR")));
    var learnt =
        new Calibration(Goods.NOW, Calibration.Curve.PRIOR, Calibration.Curve.PRIOR)
            .priced(Optional.of(new PriceEffect(70, 0.6)));
    var settings =
        ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), Duration.ofHours(4));
    var run =
        new Runs.Run(
            Goods.NOW, Duration.ofHours(4), settings, Optional.of(learnt), List.of(candidate));

    var again = StoredRecord.read(StoredRecord.write(run), Runs.Run.class);

    assertThat(again).isEqualTo(run);
    assertThat(again.rate(RulesScorer::new)).isEqualTo(run.rate(RulesScorer::new));
  }

  private static byte[] resource(String name) throws IOException {
    try (var in = RunsTest.class.getResourceAsStream(name)) {
      if (in == null) throw new IOException("no " + name);
      return in.readAllBytes();
    }
  }
}
