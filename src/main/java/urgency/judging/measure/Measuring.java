package urgency.judging.measure;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.judging.JudgeSettings;
import urgency.judging.Rubric;
import urgency.judging.Standing;
import urgency.judging.Standing.Mode;
import urgency.judging.Trial;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;

/**
 * Gives a judge the weight that it has earned, and takes it away: from shadow to live only over the
 * gate, back to shadow at the first sign of drift. Every change is on record with its reason.
 */
@Singleton
public final class Measuring {
  private static final Logger LOG = Logger.getLogger(Measuring.class);
  private static final Duration EVERY = Duration.ofMinutes(5);

  private final Database database;
  private final JudgeSettings settings;

  public Measuring(Database database, JudgeSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    if (settings.enabled()) jobs.oneNode("judging.measure", EVERY, this::run);
  }

  /** Looks at the judge's standing once. */
  public void run(Instant now) {
    if (!settings.enabled()) return;
    database.change(tx -> run(tx, now));
  }

  private void run(Handle tx, Instant now) {
    var standing = Standing.current(tx);
    switch (standing.mode()) {
      case LIVE -> live(tx, standing, now);
      case SHADOW -> shadow(tx, standing, now);
    }
  }

  private void live(Handle tx, Standing standing, Instant now) {
    var model = settings.models().getFirst().name();
    var wrong = Drift.found(tx, standing, model, now);
    if (wrong.isEmpty() && !standing.prompt().equals(Rubric.version())) {
      put(tx, standing.demoted("the rubric has changed", now));
    } else if (wrong.isPresent()) {
      put(tx, standing.demoted(wrong.get(), now));
    } else {
      var lesson = lesson(tx, standing.model(), standing.prompt());
      if (lesson.trials() >= Learning.TRIALS_MIN && lesson.rhoLow() <= 0) {
        put(tx, standing.demoted("what it says no longer goes with what sells", now));
      }
    }
  }

  // A judge that drifted is measured anew with the trials that come after; until the drift is gone
  // from what is looked at, it cannot come back.
  private void shadow(Handle tx, Standing standing, Instant now) {
    var asked = settings.models().getFirst().name();
    var name = Drift.name(tx, asked);
    if (settings.shadow() || name.isEmpty()) return;
    var measured =
        new Standing(
            Mode.SHADOW, 0, standing.lean(), name.get(), Rubric.version(), "measured", now);
    if (Drift.found(tx, measured, asked, now).isPresent()) return;
    var lesson = lesson(tx, name.get(), Rubric.version());
    if (!lesson.promotes()) return;
    var reason =
        "%d trials, lift of precision at 20 by %.3f, at least %.3f"
            .formatted(lesson.trials(), lesson.lift(), lesson.liftLow());
    put(
        tx,
        new Standing(
            Mode.LIVE, lesson.rho(), lesson.lean(), name.get(), Rubric.version(), reason, now));
  }

  private Learning.Lesson lesson(Handle tx, String model, String prompt) {
    var most = StrictMath.log1p(settings.influencePercent() / 100.0);
    return Learning.learn(Trial.of(tx, Trial.judge(model, prompt)), most);
  }

  private static void put(Handle tx, Standing standing) {
    standing.put(tx);
    LOG.warnf("judges are %s from now on: %s", standing.mode(), standing.reason());
  }
}
