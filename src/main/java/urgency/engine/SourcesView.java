package urgency.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import urgency.admin.AdminView.Frame;
import urgency.trends.SourceHealth;
import urgency.trends.SourceHealths.Refusal;

/** How the trend sources fare, and what those who bring trends did wrong. */
record SourcesView(Frame frame, String tab, List<Row> rows, List<Refused> refused) {
  /**
   * One source in one region.
   *
   * @param shape fingerprint of its rows and what changed in it last, empty before the first
   * @param suspect why its newest answer looks odd, empty when it does not
   */
  record Row(
      String source,
      String where,
      String terms,
      String result,
      String tone,
      String message,
      int failures,
      String asked,
      String circuit,
      String again,
      String good,
      String asOf,
      int rows,
      String weight,
      String requests,
      String shape,
      String suspect) {}

  /**
   * A delivery that was refused.
   *
   * @param delivery its sender's name for it, empty when it was not signed
   */
  record Refused(String delivery, int status, String why, long times, String when, String at) {}

  private static final int SHAPE_SHOWN = 8;

  static SourcesView of(
      Frame frame, List<SourceHealth> sources, List<Refusal> refused, Instant now) {
    return new SourcesView(
        frame,
        "sources",
        sources.stream().map(it -> row(it, now)).toList(),
        refused.stream().map(it -> refused(it, now)).toList());
  }

  private static Refused refused(Refusal it, Instant now) {
    return new Refused(
        it.delivery(),
        it.status(),
        it.why(),
        it.times(),
        Say.span(Duration.between(it.at(), now)),
        it.at().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static Row row(SourceHealth it, Instant now) {
    var message = (it.code() + " " + it.message()).strip();
    return new Row(
        it.source(),
        "%s, %d days".formatted(it.region(), it.windowDays()),
        it.terms().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        it.result(),
        tone(it),
        message,
        it.failures(),
        Say.span(Duration.between(it.askedAt(), now)),
        switch (it.circuit()) {
          case CLOSED -> "as planned";
          case WAITING -> "it stumbled";
          case OPEN -> "left alone";
        },
        it.askAgainAt().isAfter(now)
            ? "in " + Say.span(Duration.between(now, it.askAgainAt()))
            : "soon",
        it.lastGoodAge().map(age -> Say.span(age) + " ago").orElse("never"),
        it.asOf().map(Object::toString).orElse(""),
        it.goodRows(),
        Say.decimals(2, it.weight()),
        "%d, %d left".formatted(it.requestsToday(), it.requestsLeft()),
        shape(it),
        it.suspect());
  }

  private static String tone(SourceHealth it) {
    return switch (it.circuit()) {
      case CLOSED -> it.suspect().isEmpty() ? "good" : "care";
      case WAITING, OPEN -> "care";
    };
  }

  private static String shape(SourceHealth it) {
    if (it.schema().isEmpty()) return "";
    var print = it.schema().substring(0, Math.min(SHAPE_SHOWN, it.schema().length()));
    return it.schemaChange().isEmpty() ? print : print + " (" + it.schemaChange() + ")";
  }
}
