package urgency.scoring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.TrendObservation.Point;
import urgency.trends.Trends.Subject;
import urgency.trends.Trends.Told;

/** What sources tell of trends, in tests. */
public final class Tales {
  private Tales() {}

  public static Subject subject(String id) {
    return new Subject("push.tales", Kind.HASHTAG, id, "US", 7);
  }

  /** Of one day, heard of at noon on the next; the curve is flat at its maximum. */
  public static Told told(String id, LocalDate day, OptionalLong total, List<Long> daily) {
    return new Told(
        subject(id), day, noonAfter(day), flat(day), 0, total, OptionalLong.empty(), daily);
  }

  /** Of one day, with views since the beginning and no more. */
  public static Told total(String id, LocalDate day, long total) {
    return told(id, day, OptionalLong.of(total), List.of());
  }

  /** With posts since the beginning as well. */
  public static Told posted(String id, LocalDate day, long total, long posts) {
    return new Told(
        subject(id),
        day,
        noonAfter(day),
        flat(day),
        0,
        OptionalLong.of(total),
        OptionalLong.of(posts),
        List.of());
  }

  /** Of one day, with a curve that ends so, and views of the window. */
  public static Told curve(String id, LocalDate day, double end, long windowViews) {
    return new Told(
        subject(id),
        day,
        noonAfter(day),
        curve(day, 50, 60, 70, end),
        windowViews,
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of());
  }

  public static List<Point> curve(LocalDate last, double... values) {
    var points = new ArrayList<Point>();
    for (var i = 0; i < values.length; i++) {
      points.add(new Point(last.minusDays(values.length - 1L - i), values[i]));
    }
    return points;
  }

  private static List<Point> flat(LocalDate day) {
    return curve(day, 100, 100, 100, 100);
  }

  private static Instant noonAfter(LocalDate day) {
    return day.plusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC);
  }
}
