package urgency.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory.Day;
import urgency.platform.sql.StoredRecord;
import urgency.scoring.BreakOut;
import urgency.scoring.Calibration;

class GrowthLearningTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");
  private static final Instant NOW = MONDAY.atStartOfDay(ZoneOffset.UTC).toInstant();
  private static final int PRODUCTS = 60;

  @Test
  void what_fell_below_its_habit_is_known_to_come_back() {
    var result = GrowthLearning.of(weeks(20, true));

    assertThat(result.note()).contains("own growth: learnt, 20 weeks");
    var breakOut = breakOut(result);
    var quietFor = days(new Random(1), 3, false);
    quietFor.removeIf(it -> it.date().isAfter(MONDAY.minusDays(8)));
    assertThat(breakOut.own(quietFor, NOW)).isGreaterThan(2 * breakOut.own(steady(), NOW));
  }

  @Test
  void what_cannot_be_foretold_is_not_used() {
    var random = new Random(3);
    var weeks = new ArrayList<GrowthWeek>();
    for (var it : weeks(20, false)) {
      var drawn = new boolean[it.brokeOut().length];
      for (var i = 0; i < drawn.length; i++) drawn[i] = random.nextInt(10) == 0;
      weeks.add(new GrowthWeek(it.features(), drawn));
    }

    var result = GrowthLearning.of(weeks);

    assertThat(result.note()).contains("own growth: not used, 20 weeks");
    assertThat(result.learnt()).isEmpty();
  }

  @Test
  void few_weeks_or_few_products_teach_nothing() {
    assertThat(GrowthLearning.of(weeks(11, true)).note())
        .contains("11 weeks of 20 or more products are too few");
    assertThat(GrowthLearning.of(List.of()).learnt()).isEmpty();
  }

  @Test
  void the_same_weeks_give_the_same_model_and_it_lasts_in_storage() {
    var learnt = GrowthLearning.of(weeks(20, true)).learnt();
    var curves = Calibration.PRIOR.with(learnt);

    assertThat(GrowthLearning.of(weeks(20, true)).learnt()).isEqualTo(learnt);
    assertThat(StoredRecord.read(StoredRecord.write(curves), Calibration.class)).isEqualTo(curves);
    // As it was kept before there was a model, and as it still is while there is none.
    assertThat(StoredRecord.digest(Calibration.PRIOR))
        .isEqualTo(StoredRecord.digest(new Before(Instant.EPOCH, Calibration.Curve.PRIOR)));
  }

  @Test
  void trends_and_own_growth_are_two_ways_to_the_same() {
    assertThat(BreakOut.either(0.3, 0)).isEqualTo(0.3);
    assertThat(BreakOut.either(0.3, 0.2)).isCloseTo(0.44, within(1e-12));
    assertThat(new BreakOut(Calibration.PRIOR).own(steady(), NOW)).isZero();
    assertThat(breakOut(GrowthLearning.of(weeks(20, true))).own(List.of(), NOW)).isZero();
  }

  @Test
  void of_many_products_every_so_many_th_is_taken_and_the_tenth_is_of_all() {
    var all = new LinkedHashMap<ProductId, List<Day>>();
    for (var i = 1; i <= 100; i++) {
      var day = new Day(MONDAY.minusDays(9), 1, 1);
      var later = new Day(MONDAY.plusDays(1), i > 95 ? 50 : 1, 1);
      all.put(id(i), List.of(day, later));
    }
    all.put(id(101), List.of(new Day(MONDAY.plusDays(2), 900, 900)));

    var week = GrowthWeek.of(all, MONDAY, 40);

    assertThat(week.features()).hasDimensions(34, 6);
    // The ten that grew most are 1 to 5, the lower of equals, and 96 to 100; every third is here.
    assertThat(week.brokeOut()).hasSize(34);
    assertThat(hits(week)).isEqualTo(4);
  }

  /** A calibration as it was written before it could hold a model. */
  private record Before(Instant at, Calibration.Curve sellOut, Calibration.Curve breakOut) {
    Before(Instant at, Calibration.Curve both) {
      this(at, both, both);
    }
  }

  private static int hits(GrowthWeek week) {
    var count = 0;
    for (var hit : week.brokeOut()) if (hit) count++;
    return count;
  }

  private static BreakOut breakOut(GrowthLearning.Result result) {
    return new BreakOut(Calibration.PRIOR.with(Optional.of(result.learnt().orElseThrow())));
  }

  private static List<Day> steady() {
    var days = new ArrayList<Day>();
    for (var ago = 1; ago <= 119; ago++) days.add(new Day(MONDAY.minusDays(ago), 3, 3));
    return days;
  }

  // Each product sells at its own pace. Where it can be foretold, every week some are out of sight
  // for a week and come back in the next.
  private static List<GrowthWeek> weeks(int count, boolean foretellable) {
    var random = new Random(7);
    var weeks = new ArrayList<GrowthWeek>();
    for (var week = 0; week < count; week++) {
      Map<ProductId, List<Day>> all = new LinkedHashMap<>();
      for (var i = 1; i <= PRODUCTS; i++) {
        var days = days(random, 1 + i % 4, true);
        if (foretellable && random.nextInt(10) == 0) {
          days.removeIf(it -> it.date().isBefore(MONDAY) && it.date().isAfter(MONDAY.minusDays(8)));
        }
        all.put(id(i), days);
      }
      weeks.add(GrowthWeek.of(all, MONDAY, GrowthLearning.ROWS_A_WEEK));
    }
    return weeks;
  }

  private static List<Day> days(Random random, int pace, boolean next) {
    var days = new ArrayList<Day>();
    for (var day = -100; day < (next ? 7 : 0); day++) {
      var orders = random.nextInt(2 * pace + 1);
      if (orders > 0) days.add(new Day(MONDAY.plusDays(day), orders, orders));
    }
    return days;
  }

  private static ProductId id(int number) {
    return new ProductId(new UUID(0, number));
  }
}
