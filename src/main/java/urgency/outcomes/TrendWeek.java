package urgency.outcomes;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;
import urgency.scoring.BreakOutHead;
import urgency.scoring.Calibration;
import urgency.scoring.TrendPace;
import urgency.scoring.TrendPlace;
import urgency.scoring.TrendPlace.Measure;
import urgency.statistics.Ranks;
import urgency.trends.Trends;
import urgency.trends.Trends.Subject;
import urgency.trends.Trends.Told;

/**
 * Where trends stood at the end of a day, as the shop knew it then, and which of them came to be in
 * the tenth that grew most in the seven days that followed.
 *
 * <p>Ranked is what each source had last told of: the rows of its newest day that had come in by
 * then. The tenth is of those in a region that are read at both ends of the week. A trend that its
 * source no longer names counts as not grown: a chart lists what is watched, and to learn from
 * those alone that stayed on it would make every chance too high. When the source itself is silent
 * at the end of the week, nothing is known of its trends and none of them counts.
 */
final class TrendWeek {
  /** A source counts as current when its newest day is at most this far back. */
  static final int STALE_DAYS = 3;

  private static final int HORIZON_DAYS = BreakOutHead.HORIZON_DAYS;

  /**
   * A trend with what it was foretold and what became of it.
   *
   * @param prior its chance to break out before anything was learnt
   */
  record Case(double percentile, double prior, boolean brokeOut) {}

  private record Source(String name, String region, int windowDays) {
    static Source of(Subject it) {
      return new Source(it.source(), it.region(), it.windowDays());
    }
  }

  private record Group(String region, Measure measure) {}

  /**
   * How a trend fared.
   *
   * @param growth [nats]; empty for one that its source no longer names
   */
  private record Fared(TrendPlace place, OptionalDouble growth) {}

  private TrendWeek() {}

  /** The rows that a week needs. */
  static Map<Subject, List<Told>> rows(Handle tx, LocalDate day) {
    return Trends.archive(
        tx,
        day.minusDays(STALE_DAYS + Trends.PAST_DAYS),
        day.plusDays(HORIZON_DAYS),
        day.minusDays(STALE_DAYS));
  }

  /**
   * The cases of one week.
   *
   * @param rows in a fixed order, those of a subject oldest first
   * @param day at whose end the ranks are taken
   */
  static Map<Measure, List<Case>> of(Map<Subject, List<Told>> rows, LocalDate day) {
    var until = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    var known = new ArrayList<List<Told>>();
    var newest = new HashMap<Source, LocalDate>();
    rows.forEach(
        (subject, told) -> {
          var then = known(told, day, until);
          if (then.isEmpty()) return;
          known.add(then);
          newest.merge(Source.of(subject), then.getLast().asOf(), (a, b) -> a.isAfter(b) ? a : b);
        });
    var listed = known.stream().filter(it -> isListed(it.getLast(), newest, day)).toList();
    var places = TrendPlace.of(listed, Calibration.PRIOR);
    var ends = ends(rows);
    var groups = new LinkedHashMap<Group, List<Fared>>();
    for (var i = 0; i < listed.size(); i++) {
      if (places.get(i).isEmpty()) continue;
      var place = places.get(i).get();
      var then = listed.get(i).getLast();
      var fared = fared(place, listed.get(i), rows.getOrDefault(then.subject(), List.of()), ends);
      var group = new Group(then.subject().region(), place.measure());
      fared.ifPresent(it -> groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(it));
    }
    var cases = new EnumMap<Measure, List<Case>>(Measure.class);
    groups.forEach(
        (group, all) ->
            cases.computeIfAbsent(group.measure(), _ -> new ArrayList<>()).addAll(cases(all)));
    return cases;
  }

  // What the shop had heard by then; a row that was overwritten later is not known as it was.
  private static List<Told> known(List<Told> told, LocalDate day, Instant until) {
    var then =
        told.stream()
            .filter(it -> !it.asOf().isAfter(day) && it.observedAt().isBefore(until))
            .toList();
    return then.isEmpty() ? then : past(then);
  }

  private static List<Told> past(List<Told> told) {
    var from = told.getLast().asOf().minusDays(Trends.PAST_DAYS);
    return told.stream().filter(it -> !it.asOf().isBefore(from)).toList();
  }

  private static boolean isListed(Told last, Map<Source, LocalDate> newest, LocalDate day) {
    return last.asOf().equals(newest.get(Source.of(last.subject())))
        && !last.asOf().isBefore(day.minusDays(STALE_DAYS));
  }

  // The days that each source told of.
  private static Map<Source, List<LocalDate>> ends(Map<Subject, List<Told>> rows) {
    var days = new HashMap<Source, List<LocalDate>>();
    rows.forEach(
        (subject, told) -> {
          var of = days.computeIfAbsent(Source.of(subject), _ -> new ArrayList<>());
          for (var it : told) of.add(it.asOf());
        });
    return days;
  }

  private static Optional<Fared> fared(
      TrendPlace place, List<Told> then, List<Told> all, Map<Source, List<LocalDate>> days) {
    var last = then.getLast();
    var from = last.asOf();
    var week =
        all.stream().filter(it -> it.asOf().isAfter(from) && atEnd(it.asOf(), from)).toList();
    if (week.isEmpty()) {
      var told =
          days.getOrDefault(Source.of(last.subject()), List.of()).stream()
              .anyMatch(it -> atEnd(it, from));
      return told ? Optional.of(new Fared(place, OptionalDouble.empty())) : Optional.empty();
    }
    var end = week.getLast();
    var growth =
        place.measure() == Measure.CURVE
            ? grown(last.windowViews(), end.windowViews())
            : grown(then, past(upTo(all, end.asOf())), from);
    return growth.isPresent() ? Optional.of(new Fared(place, growth)) : Optional.empty();
  }

  private static boolean atEnd(LocalDate day, LocalDate from) {
    var after = ChronoUnit.DAYS.between(from, day);
    return after >= HORIZON_DAYS - STALE_DAYS && after <= HORIZON_DAYS;
  }

  private static List<Told> upTo(List<Told> all, LocalDate end) {
    return all.stream().filter(it -> !it.asOf().isAfter(end)).toList();
  }

  // Of a curve nothing is told but the views of its window: the coming week against the last.
  private static OptionalDouble grown(long before, long after) {
    return before == 0 && after == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(StrictMath.log((after + 1.0) / (before + 1.0)));
  }

  private static OptionalDouble grown(List<Told> then, List<Told> later, LocalDate from) {
    var before = TrendPace.of(then);
    var after = TrendPace.of(later);
    if (before.isEmpty() || after.isEmpty()) return OptionalDouble.empty();
    var total = before.get().total();
    var came = after.get().cameAfter(from, HORIZON_DAYS);
    return OptionalDouble.of(StrictMath.log((total + came + 1) / (total + 1)));
  }

  private static List<Case> cases(List<Fared> all) {
    var read = all.stream().filter(it -> it.growth().isPresent()).toList();
    // A tenth of fewer is nobody's.
    if (read.size() < TrendPlace.AMONG_MIN) return List.of();
    var growths = read.stream().mapToDouble(it -> it.growth().getAsDouble()).toArray();
    var top = Ranks.top(growths, BreakOutHead.TOP_SHARE);
    var cases = new ArrayList<Case>();
    var at = 0;
    for (var it : all) {
      var grewMost = false;
      if (it.growth().isPresent()) {
        grewMost = top[at] && growths[at] > 0;
        at++;
      }
      cases.add(new Case(it.place().percentile(), it.place().chance(), grewMost));
    }
    return cases;
  }
}
