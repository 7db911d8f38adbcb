package urgency.judging.measure;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.judging.JudgeLog;
import urgency.judging.Standing;
import urgency.judging.Trial;

/**
 * Whether a judge is still the one that was measured. Each test has the bound at which it loses its
 * weight: known answers, the spread of its verdicts, what its scores promised, and its name.
 */
final class Drift {
  static final double CANARIES_MIN = 0.9;
  static final double SHIFT_MAX = 0.2;
  static final double CALIBRATION_ERROR_MAX = 0.03;

  private static final int CANARIES_ASKED_MIN = 10;
  private static final int VERDICTS_MIN = 100;
  private static final int WEEK_TRIALS_MIN = 100;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LATELY = Duration.ofDays(7);
  private static final Duration BEFORE = Duration.ofDays(35);
  private static final List<String> FIELDS = List.of("fit", "audience", "demonstrable", "timing");
  private static final int LEVELS = 5;

  private static final String LEVELS_OF =
      """
      select (verdict ->> :field)::int as level,
             count(*) filter (where at >= :lately) as late,
             count(*) filter (where at < :lately) as early
        from judging.judgement
       where at >= :from and model = :model and prompt = :prompt
       group by 1
      """;

  private static final String LAST_NAME =
      """
      select model_returned
        from judging.call
       where model = :model and outcome = 'ANSWERED' and model_returned <> ''
       order by started_at desc
       limit 1
      """;

  private record Level(int level, int late, int early) {}

  private Drift() {}

  /**
   * What is wrong with the judge, in words; none when nothing is.
   *
   * @param model what the first judge is asked as
   */
  static Optional<String> found(Handle tx, Standing standing, String model, Instant now) {
    return name(tx, standing, model)
        .or(() -> canaries(tx, now))
        .or(() -> spread(tx, standing, now))
        .or(() -> promises(tx, standing));
  }

  /** What the judge calls itself now; none before its first answer. */
  static Optional<String> name(Handle tx, String model) {
    return tx.createQuery(LAST_NAME).bind("model", model).mapTo(String.class).findOne();
  }

  private static Optional<String> name(Handle tx, Standing standing, String model) {
    return name(tx, model)
        .filter(it -> !it.equals(standing.model()))
        .map(it -> "another model answers: %s, not %s".formatted(it, standing.model()));
  }

  private static Optional<String> canaries(Handle tx, Instant now) {
    var seen = new JudgeLog().canaries(tx, now.minus(DAY));
    if (seen.asked() < CANARIES_ASKED_MIN) return Optional.empty();
    if (seen.hits() >= CANARIES_MIN * seen.asked()) return Optional.empty();
    return Optional.of(
        "only %d of %d known answers were right in a day".formatted(seen.hits(), seen.asked()));
  }

  private static Optional<String> spread(Handle tx, Standing standing, Instant now) {
    for (var field : FIELDS) {
      var levels =
          tx.createQuery(LEVELS_OF)
              .bind("field", field)
              .bind("lately", now.minus(LATELY).atOffset(ZoneOffset.UTC))
              .bind("from", now.minus(BEFORE).atOffset(ZoneOffset.UTC))
              .bind("model", standing.model())
              .bind("prompt", standing.prompt())
              .map(
                  (row, _) ->
                      new Level(row.getInt("level"), row.getInt("late"), row.getInt("early")))
              .list();
      var late = new int[LEVELS];
      var early = new int[LEVELS];
      for (var it : levels) {
        late[it.level()] = it.late();
        early[it.level()] = it.early();
      }
      var shift = stability(early, late);
      if (shift > SHIFT_MAX) {
        return Optional.of("verdicts on %s have shifted (PSI %.2f)".formatted(field, shift));
      }
    }
    return Optional.empty();
  }

  /**
   * Population stability index, {@code sum (p - q) ln(p / q)} over the levels, each half a case
   * fuller than it is; 0 while either side has too few.
   */
  static double stability(int[] early, int[] late) {
    var before = 0;
    var after = 0;
    for (var i = 0; i < early.length; i++) {
      before += early[i];
      after += late[i];
    }
    if (before < VERDICTS_MIN || after < VERDICTS_MIN) return 0;
    var sum = 0.0;
    for (var i = 0; i < early.length; i++) {
      var p = (late[i] + 0.5) / (after + 0.5 * late.length);
      var q = (early[i] + 0.5) / (before + 0.5 * early.length);
      sum += (p - q) * StrictMath.log(p / q);
    }
    return sum;
  }

  private static Optional<String> promises(Handle tx, Standing standing) {
    var all = Trial.of(tx, Trial.judge(standing.model(), standing.prompt()));
    var ended = all.stream().filter(it -> it.orders().isPresent()).toList();
    var last = ended.stream().map(Trial::week).max(LocalDate::compareTo);
    if (last.isEmpty()) return Optional.empty();
    var week = ended.stream().filter(it -> it.week().equals(last.get())).toList();
    if (week.size() < WEEK_TRIALS_MIN) return Optional.empty();
    var error = Learning.calibrationError(week);
    if (error <= CALIBRATION_ERROR_MAX) return Optional.empty();
    return Optional.of("chances were off by %.3f in the week of %s".formatted(error, last.get()));
  }
}
