package urgency.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import urgency.outcomes.TrendWeek.Case;
import urgency.scoring.Tales;
import urgency.scoring.TrendPlace.Measure;
import urgency.trends.Trends.Subject;
import urgency.trends.Trends.Told;

class TrendWeekTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-01");
  private static final LocalDate LAST = DAY.minusDays(1);

  /** Twenty tags; the pace of each before and after, in views a day on a million so far. */
  private final Map<Subject, List<Told>> rows = new TreeMap<>(Subject.ORDER);

  TrendWeekTest() {
    for (var i = 0; i < 20; i++) tell(id(i), 1_000L * i, 1_000L * i);
  }

  @Test
  void the_tenth_that_grew_most_is_found_at_its_place() {
    var cases = views();

    assertThat(cases).hasSize(20);
    assertThat(cases)
        .filteredOn(Case::brokeOut)
        .extracting(Case::percentile)
        .containsExactlyInAnyOrder(0.95, 1.0);
    assertThat(cases.getLast().prior()).isGreaterThan(0.6);
  }

  @Test
  void what_comes_later_changes_no_place() {
    var before = views();
    // Another future, and rows of the past that the shop only heard of afterwards.
    for (var i = 0; i < 20; i++) {
      tell(id(i), 1_000L * i, 1_000L * (19 - i));
      var told = told(id(i));
      // Would it be known, all of the faster half came early and nothing of late.
      var early = i < 10 ? 1_000_000 : 1_000_000 + 14 * 1_000L * i;
      told.add(1, late(Tales.total(id(i), DAY.minusDays(12), early)));
    }

    var after = views();

    assertThat(places(after)).isEqualTo(places(before));
    assertThat(after)
        .filteredOn(Case::brokeOut)
        .extracting(Case::percentile)
        .containsExactlyInAnyOrder(0.05, 0.1);
  }

  @Test
  void a_row_that_was_overwritten_after_the_day_is_not_known() {
    var told = told(id(5));
    told.replaceAll(it -> it.asOf().equals(LAST) ? late(it) : it);

    assertThat(views()).hasSize(19);
  }

  @Test
  void who_leaves_the_chart_did_not_grow() {
    told(id(19)).removeIf(it -> it.asOf().isAfter(DAY));

    var cases = views();

    assertThat(cases).hasSize(20);
    // Of the nineteen that are read again, a tenth is two: those below it.
    assertThat(cases)
        .filteredOn(Case::brokeOut)
        .extracting(Case::percentile)
        .containsExactlyInAnyOrder(0.9, 0.95);
  }

  @Test
  void of_a_source_that_fell_silent_nothing_is_known() {
    rows.values().forEach(told -> told.removeIf(it -> it.asOf().isAfter(DAY)));

    assertThat(views()).isEmpty();
  }

  @Test
  void what_did_not_grow_is_not_among_the_tenth() {
    for (var i = 0; i < 20; i++) tell(id(i), 1_000L * i, i == 3 ? 10 : 0);

    assertThat(views())
        .filteredOn(Case::brokeOut)
        .extracting(Case::percentile)
        .containsExactly(0.2);
  }

  @Test
  void a_tenth_of_fewer_than_ten_is_nobodys() {
    for (var i = 0; i < 11; i++) {
      told(id(i)).removeIf(it -> it.asOf().isAfter(DAY));
    }

    assertThat(views()).isEmpty();
  }

  @Test
  void an_old_list_is_not_what_the_shop_looked_at() {
    told(id(7)).removeIf(it -> it.asOf().equals(LAST));

    // Its source has told of a newer day since, without it.
    assertThat(views()).hasSize(19);
  }

  @Test
  void curves_are_followed_by_the_views_of_their_window() {
    rows.clear();
    for (var i = 0; i < 20; i++) {
      rows.put(
          Tales.subject(id(i)),
          new ArrayList<>(
              List.of(
                  Tales.curve(id(i), LAST, 4 * i, 1_000),
                  Tales.curve(id(i), LAST.plusDays(7), 50, i < 10 ? 900 : 1_000 + i))));
    }

    var cases = TrendWeek.of(rows, DAY).getOrDefault(Measure.CURVE, List.of());

    assertThat(cases)
        .filteredOn(Case::brokeOut)
        .extracting(Case::percentile)
        .containsExactlyInAnyOrder(0.95, 1.0);
  }

  private List<Case> views() {
    return TrendWeek.of(rows, DAY).getOrDefault(Measure.VIEWS, List.of());
  }

  private static List<Double> places(List<Case> cases) {
    return cases.stream().map(Case::percentile).toList();
  }

  private void tell(String id, long before, long after) {
    var start = DAY.minusDays(15);
    rows.put(
        Tales.subject(id),
        new ArrayList<>(
            List.of(
                Tales.total(id, start, 1_000_000),
                Tales.total(id, LAST, 1_000_000 + 14 * before),
                Tales.total(id, LAST.plusDays(7), 1_000_000 + 14 * before + 7 * after))));
  }

  private List<Told> told(String id) {
    return rows.getOrDefault(Tales.subject(id), List.of());
  }

  private static Told late(Told it) {
    return new Told(
        it.subject(),
        it.asOf(),
        it.observedAt().plus(Duration.ofDays(30)),
        it.curve(),
        it.windowViews(),
        it.total(),
        it.posts(),
        it.daily());
  }

  private static String id(int number) {
    return "tag%02d".formatted(number);
  }
}
