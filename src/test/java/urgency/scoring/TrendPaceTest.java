package urgency.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static urgency.scoring.Tales.posted;
import static urgency.scoring.Tales.told;
import static urgency.scoring.Tales.total;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import urgency.trends.Trends.Told;

class TrendPaceTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-23");

  @Test
  void one_answer_with_daily_views_is_enough() {
    var daily = List.of(10L, 20L, 30L, 40L, 50L, 60L, 70L);

    var pace = TrendPace.of(List.of(told("a", DAY, OptionalLong.of(10_000), daily))).orElseThrow();

    var sum = 0.0;
    var weight = 0.0;
    for (var ago = 0; ago < 7; ago++) {
      sum += daily.get(6 - ago) * Math.pow(2, -ago / 7.0);
      weight += Math.pow(2, -ago / 7.0);
    }
    assertThat(pace.momentum()).isCloseTo(sum / weight / 10_000, within(1e-15));
    assertThat(pace.acceleration()).isEmpty();
    assertThat(pace.burst()).isEmpty();
  }

  @Test
  void polls_at_odd_days_spread_what_came_between_them() {
    var odd = List.of(total("a", DAY.minusDays(10), 1_000), total("a", DAY, 2_000));

    var pace = TrendPace.of(odd).orElseThrow();

    // A hundred a day on each of ten days.
    assertThat(pace.momentum()).isCloseTo(100 / 2_000.0, within(1e-15));
    assertThat(pace.cameAfter(DAY.minusDays(4), 7)).isCloseTo(400, within(1e-9));
  }

  @Test
  void a_count_that_falls_grew_by_nothing() {
    var told =
        List.of(
            total("a", DAY.minusDays(8), 1_000),
            total("a", DAY.minusDays(4), 600),
            total("a", DAY, 1_000));

    assertThat(TrendPace.of(told).orElseThrow().momentum()).isZero();
  }

  @Test
  void what_is_told_of_a_day_stands_in_place_of_what_is_reckoned() {
    var told =
        List.of(
            total("a", DAY.minusDays(9), 0),
            told("a", DAY.minusDays(1), OptionalLong.of(800), List.of(5L, 5L)),
            told("a", DAY, OptionalLong.of(900), List.of(7L, 9L)));

    var pace = TrendPace.of(told).orElseThrow();

    // Reckoned are a hundred a day; the two last are told, the last but one twice.
    assertThat(pace.cameAfter(DAY.minusDays(1), 1)).isEqualTo(9);
    assertThat(pace.cameAfter(DAY.minusDays(2), 1)).isEqualTo(7);
    assertThat(pace.cameAfter(DAY.minusDays(3), 1)).isEqualTo(5);
    assertThat(pace.cameAfter(DAY.minusDays(4), 1)).isEqualTo(100);
  }

  @Test
  void too_few_days_or_no_total_give_no_pace() {
    var six = List.of(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(TrendPace.of(List.of(told("a", DAY, OptionalLong.of(10), six)))).isEmpty();
    assertThat(TrendPace.of(List.of(total("a", DAY.minusDays(6), 5), total("a", DAY, 9))))
        .isEmpty();
    assertThat(TrendPace.of(List.of(total("a", DAY.minusDays(7), 5), total("a", DAY, 9))))
        .isPresent();
    var silent = told("a", DAY, OptionalLong.empty(), List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L));
    assertThat(TrendPace.of(List.of(total("a", DAY.minusDays(9), 5), silent))).isEmpty();
  }

  @Test
  void only_the_last_four_weeks_count() {
    var recent = new ArrayList<Told>();
    for (var ago = 28; ago >= 0; ago--) recent.add(total("a", DAY.minusDays(ago), 9_000 - ago));
    var more = new ArrayList<>(recent);
    more.addFirst(total("a", DAY.minusDays(60), 0));

    assertThat(TrendPace.of(more).orElseThrow().momentum())
        .isEqualTo(TrendPace.of(recent).orElseThrow().momentum());
  }

  @Test
  void views_that_jump_without_posts_are_flagged() {
    var bought = jumping(20_000, 10);
    assertThat(bought.burst().orElseThrow()).isGreaterThan(8);
    assertThat(bought.acceleration().orElseThrow()).isPositive();
    assertThat(bought.viewsAlone()).isTrue();

    assertThat(jumping(20_000, 40).viewsAlone()).as("posts jump as well").isFalse();
    assertThat(jumping(1_100, 10).burst().orElseThrow()).isGreaterThan(2).isLessThan(8);
    assertThat(jumping(1_100, 10).viewsAlone()).as("within chance").isFalse();
    assertThat(jumping(1_400, 10).burst().orElseThrow()).isGreaterThan(8);
    assertThat(jumping(1_400, 10).viewsAlone()).as("more than chance, but no jump").isFalse();
    assertThat(jumping(100, 10).burst().orElseThrow()).isLessThan(-8);
    assertThat(jumping(100, 10).viewsAlone()).as("views fell, posts did not").isTrue();
  }

  @Test
  void without_posts_nothing_is_flagged() {
    var told = new ArrayList<Told>();
    var views = 0L;
    for (var ago = 20; ago >= 0; ago--) {
      told.add(total("a", DAY.minusDays(ago), views += ago < 3 ? 50_000 : 1_000));
    }

    assertThat(TrendPace.of(told).orElseThrow().burst().orElseThrow()).isGreaterThan(8);
    assertThat(TrendPace.of(told).orElseThrow().viewsAlone()).isFalse();
  }

  // A thousand views and ten posts a day for 18 days, then three days of something else.
  private static TrendPace jumping(long views, long posts) {
    var told = new ArrayList<Told>();
    var allViews = 0L;
    var allPosts = 0L;
    for (var ago = 21; ago >= 0; ago--) {
      told.add(
          posted(
              "a",
              DAY.minusDays(ago),
              allViews += ago < 3 ? views : 1_000,
              allPosts += ago < 3 ? posts : 10));
    }
    return TrendPace.of(told).orElseThrow();
  }
}
