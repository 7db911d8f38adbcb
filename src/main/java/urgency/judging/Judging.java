package urgency.judging;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import urgency.judging.JudgeLog.Kind;
import urgency.platform.sql.Database;

/**
 * A round of questions before a shelf is decided: what nobody has judged yet is put to the judge,
 * thirty at a time, until all is judged, the money is gone or the time is up. Whatever comes of it,
 * the shelf is decided on time; what is not judged is rated by statistics.
 */
public final class Judging {
  private static final Logger LOG = Logger.getLogger(Judging.class);
  private static final int CALLS_AT_ONCE = 4;
  private static final int EXTRA_CALLS_MAX = 6;
  private static final int SUBJECTS_MAX = 10_000;

  private final Database database;
  private final Judge judge;
  private final JudgeSettings settings;
  private final Judgements judgements;
  private final InstantSource clock;
  private final LongSupplier seeds;
  private final Supplier<UUID> ids;
  private final Ahead ahead;

  /**
   * What a round did.
   *
   * @param known subjects that were judged before
   * @param judged subjects that were judged now
   * @param kept subjects that are not put to a judge: their text speaks to it, or nobody judges it
   * @param stopped why the round ended early; empty when it did not
   */
  public record Round(int known, int judged, int kept, String stopped) {}

  /**
   * Takes questions hours ahead, all at once and at half price, and keeps what becomes of them.
   * What it does not bring in time is asked in the round before the refresh, as if it had not been
   * sent.
   */
  public interface Ahead {
    /** Takes nothing. */
    Ahead NONE =
        new Ahead() {
          @Override
          public int send(List<Batch> questions, Instant refresh) {
            return 0;
          }

          @Override
          public void look() {}
        };

    /** Takes what can be paid for, once for each refresh; answers how many questions it took. */
    int send(List<Batch> questions, Instant refresh);

    /** Goes on with what is on its way: sends it, looks for it, takes the answers in. */
    void look();
  }

  /** What of some subjects is to be asked. */
  private record Open(List<Subject> asking, int known, int kept) {}

  /** One round while it runs. */
  private record Running(
      UUID id, Instant deadline, AtomicInteger judged, AtomicReference<String> stopped) {
    boolean over() {
      return !stopped.get().isEmpty();
    }
  }

  /**
   * @param seeds from a secure source
   */
  public Judging(
      Database database,
      Judge judge,
      JudgeSettings settings,
      Judgements judgements,
      InstantSource clock,
      LongSupplier seeds,
      Supplier<UUID> ids) {
    this(database, judge, settings, judgements, clock, seeds, ids, Ahead.NONE);
  }

  /** Same with somebody who takes questions ahead. */
  public Judging(
      Database database,
      Judge judge,
      JudgeSettings settings,
      Judgements judgements,
      InstantSource clock,
      LongSupplier seeds,
      Supplier<UUID> ids,
      Ahead ahead) {
    this.database = database;
    this.judge = judge;
    this.settings = settings;
    this.judgements = judgements;
    this.clock = clock;
    this.seeds = seeds;
    this.ids = ids;
    this.ahead = ahead;
  }

  public JudgeSettings settings() {
    return settings;
  }

  /** Judges what is not judged yet, most wanted first. Bounded by the run's deadline. */
  public Round run(List<Subject> subjects) {
    if (!settings.enabled()) return new Round(0, 0, 0, "no judge");
    var now = clock.instant();
    var open = open(subjects, now);
    var running =
        new Running(
            ids.get(),
            now.plus(settings.patience().run()),
            new AtomicInteger(),
            new AtomicReference<>(""));
    if (!open.asking().isEmpty()) ask(open.asking(), running);
    database.change(tx -> judgements.forget(tx, now.minus(settings.keep())));
    return new Round(open.known(), running.judged().get(), open.kept(), running.stopped().get());
  }

  /** Sends ahead what nobody has judged yet, most wanted first; answers how many questions went. */
  public int ahead(List<Subject> subjects, Instant refresh) {
    if (settings.ahead().isEmpty()) return 0;
    var now = clock.instant();
    var run = ids.get();
    var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var questions = new ArrayList<Batch>();
    for (var part : parts(open(subjects, now).asking())) {
      questions.add(Batch.of(ids.get(), run, part, today, seeds.getAsLong()));
    }
    return questions.isEmpty() ? 0 : ahead.send(questions, refresh);
  }

  /** Goes on with what was sent ahead. */
  public void look() {
    ahead.look();
  }

  private Open open(List<Subject> subjects, Instant now) {
    var keys = keys(subjects);
    var known = database.read(tx -> judgements.known(tx, keys.keySet(), now).keySet());
    var set = database.read(tx -> judgements.noted(tx, keys.keySet(), Kind.NO_JUDGEMENT, now));
    var asking = new ArrayList<Subject>();
    var kept = 0;
    for (var it : keys.entrySet()) {
      if (known.contains(it.getKey())) continue;
      if (set.contains(it.getKey()) || speaksToJudge(it.getKey(), it.getValue(), now)) {
        kept++;
      } else {
        asking.add(it.getValue());
      }
    }
    return new Open(asking, known.size(), kept);
  }

  private static List<List<Subject>> parts(List<Subject> subjects) {
    var parts = new ArrayList<List<Subject>>();
    for (var from = 0; from < subjects.size(); from += Batch.SUBJECTS_MAX) {
      parts.add(subjects.subList(from, Math.min(subjects.size(), from + Batch.SUBJECTS_MAX)));
    }
    return parts;
  }

  private Map<String, Subject> keys(Collection<Subject> subjects) {
    var model = settings.models().getFirst();
    var keys = new LinkedHashMap<String, Subject>();
    for (var it : subjects) {
      if (keys.size() == SUBJECTS_MAX) break;
      keys.putIfAbsent(Rubric.key(model, it), it);
    }
    return keys;
  }

  private boolean speaksToJudge(String key, Subject subject, Instant now) {
    var found = PlainText.commanding(subject);
    found.ifPresent(
        said ->
            database.change(tx -> judgements.note(tx, key, Kind.SUSPICIOUS, subject, said, now)));
    return found.isPresent();
  }

  private void ask(List<Subject> subjects, Running running) {
    var calls = new ArrayList<Callable<Object>>();
    for (var part : parts(subjects)) {
      calls.add(Executors.callable(() -> ask(part, running, new AtomicInteger(EXTRA_CALLS_MAX))));
    }
    var threads = Executors.newFixedThreadPool(CALLS_AT_ONCE, Thread.ofVirtual().factory());
    try {
      var _ = threads.invokeAll(calls, settings.patience().run().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
    }
    if (!clock.instant().isBefore(running.deadline())) {
      running.stopped().compareAndSet("", "the time was up");
    }
  }

  private void ask(List<Subject> subjects, Running running, AtomicInteger extra) {
    if (running.over() || !clock.instant().isBefore(running.deadline())) return;
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var batch = Batch.of(ids.get(), running.id(), subjects, today, seeds.getAsLong());
    switch (judge.judge(batch, running.deadline())) {
      case Verdicts.Given it -> heard(batch, it, running);
      case Verdicts.Refused _, Verdicts.Cut _ -> halve(subjects, running, extra);
      case Verdicts.NoMoney it -> running.stopped().compareAndSet("", it.cap());
      case Verdicts.Shut _ -> running.stopped().compareAndSet("", "the judges are left alone");
      case Verdicts.Told _,
          Verdicts.Garbled _,
          Verdicts.Failed _,
          Verdicts.Unreached _,
          Verdicts.Broken _,
          Verdicts.Stopped _ -> {
        // Logged with the call; the next round asks again.
      }
    }
  }

  // Finds the one that a model will not judge, within a bounded number of further calls.
  private void halve(List<Subject> subjects, Running running, AtomicInteger extra) {
    if (subjects.size() == 1) {
      var subject = subjects.getFirst();
      var key = Rubric.key(settings.models().getFirst(), subject);
      var said = "no judge answered, even for this one alone";
      database.change(
          tx -> judgements.note(tx, key, Kind.NO_JUDGEMENT, subject, said, clock.instant()));
      return;
    }
    var middle = subjects.size() / 2;
    for (var half :
        List.of(subjects.subList(0, middle), subjects.subList(middle, subjects.size()))) {
      if (extra.getAndDecrement() <= 0) return;
      ask(half, running, extra);
    }
  }

  private void heard(Batch batch, Verdicts.Given given, Running running) {
    running.judged().addAndGet(batch.judged(given).size());
    var model = settings.models().getFirst();
    database.change(tx -> judgements.heard(tx, model, batch, given, clock.instant()));
    if (!given.dropped().isEmpty()) {
      LOG.warnf("a judge's answer had %d entries that cannot be used", given.dropped().size());
    }
  }
}
