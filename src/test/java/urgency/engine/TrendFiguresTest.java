package urgency.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.scoring.Calibration;
import urgency.scoring.Calibration.Curve;
import urgency.scoring.Goods;
import urgency.scoring.Tales;
import urgency.scoring.TrendPlace;
import urgency.statistics.Isotonic;
import urgency.trends.Trend;
import urgency.trends.Trends.Followed;
import urgency.trends.Trends.Told;

class TrendFiguresTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-23");
  private static final Trend TREND = Goods.trend("lamp", Trend.Stage.RISING, 10, 50, 70, 100);

  @Test
  void views_that_move_without_posts_are_told_in_words() {
    assertThat(figures(50_000).flag()).isEqualTo("views jumped, posts did not");
    assertThat(figures(10).flag()).isEqualTo("views fell, posts did not");
    assertThat(figures(1_000).flag()).isEmpty();
    assertThat(figures(1_000).acceleration()).isEqualTo("+0.00");
    assertThat(figures(1_000).burst()).isEqualTo("+0.0 σ");
    assertThat(figures(1_000).momentum()).endsWith(" % a day");
  }

  @Test
  void without_counts_and_without_a_place_nothing_is_made_up() {
    var told = List.of(Tales.curve("lamp", DAY, 100, 10));

    var figures = TrendFigures.of(new Followed(TREND, told), Optional.empty());

    assertThat(figures).isEqualTo(new TrendFigures("–", "not ranked", "0.60", "–", "–", ""));
  }

  @Test
  void a_place_is_told_with_how_many_were_ranked_and_by_what() {
    var place = new TrendPlace(TrendPlace.Measure.VIEWS, 0.03, 0.925, 40, 0.31);

    var figures = TrendFigures.of(new Followed(TREND, told(1_000)), Optional.of(place));

    assertThat(figures.place()).isEqualTo("0.93 of 40, by momentum");
    assertThat(figures.chance()).isEqualTo("0.31");
  }

  @Test
  void a_prior_is_called_one_until_own_data_are_in() {
    assertThat(TrendFigures.state(Calibration.PRIOR)).isEqualTo("prior, not yet own data");
    var curve = new Curve(600, List.of(new Isotonic.Step(0, 1, 60, 600)));
    var learnt = new Calibration.OfTrends(curve, Curve.PRIOR, Curve.PRIOR);
    assertThat(TrendFigures.state(Calibration.PRIOR.with(learnt)))
        .startsWith("by momentum: own data, 600 cases; by end of curve: prior, not yet own data");
  }

  private static TrendFigures figures(long lastDays) {
    return TrendFigures.of(new Followed(TREND, told(lastDays)), Optional.empty());
  }

  // A thousand views and ten posts a day, but for the views of the last three days.
  private static List<Told> told(long lastDays) {
    var told = new ArrayList<Told>();
    var views = 0L;
    for (var ago = 20; ago >= 0; ago--) {
      views += ago < 3 ? lastDays : 1_000;
      told.add(Tales.posted("lamp", DAY.minusDays(ago), views, 10L * (21 - ago)));
    }
    return told;
  }
}
