package urgency.scoring;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.StoredRecord;
import urgency.scoring.Scorer.Candidate;

/**
 * All that each rating knew, kept so that it can be done again. The newest is always there; of the
 * older ones those that a shelf was made of.
 */
@Singleton
public final class Runs {
  private static final String ADD =
      """
      insert into scoring.run (at, scorer, inputs, scores_digest)
      values (:at, :scorer, :inputs, :digest)
          on conflict (at) do nothing
      """;

  private static final String KEEP = "update scoring.run set kept = true where at = :at";

  private static final String FIND = "select inputs, scores_digest from scoring.run where at = :at";

  private static final String NEWEST = "select inputs from scoring.run order by at desc limit 1";

  private static final String FORGET =
      """
      delete from scoring.run
       where (at < :unused and not kept or at < :before)
         and at < (select max(at) from scoring.run)
      """;

  /**
   * What a rating knows.
   *
   * @param calibration empty in what was kept before there was one
   */
  public record Run(
      Instant at,
      Duration horizon,
      ScoringSettings settings,
      Optional<Calibration> calibration,
      List<Candidate> candidates) {
    /** Rates what it knows, by a scorer with its settings. */
    public List<Score> rate(Function<ScoringSettings, Scorer> scorer) {
      return scorer
          .apply(settings)
          .calibrated(calibration.orElse(Calibration.PRIOR))
          .score(candidates, at, horizon);
    }
  }

  private record Stored(Run run, String digest) {}

  /**
   * A rating done again.
   *
   * @param same whether it gave the same bits as the first time
   */
  public record Again(List<Score> scores, boolean same) {}

  void add(Handle tx, Run run, String scorer, List<Score> scores) {
    tx.createUpdate(ADD)
        .bind("at", run.at().atOffset(ZoneOffset.UTC))
        .bind("scorer", scorer)
        .bind("inputs", StoredRecord.write(run))
        .bind("digest", StoredRecord.digest(scores))
        .execute();
  }

  /** All that the newest rating knew. */
  public Optional<Run> newest(Handle tx) {
    return tx.createQuery(NEWEST)
        .map((row, _) -> StoredRecord.read(row.getBytes("inputs"), Run.class))
        .findOne();
  }

  /** All that the rating of an instant knew, while it is kept. */
  public Optional<Run> at(Handle tx, Instant at) {
    return tx.createQuery(FIND)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .map((row, _) -> StoredRecord.read(row.getBytes("inputs"), Run.class))
        .findOne();
  }

  /** Keeps the rating of an instant, because something was decided by it. */
  public void keep(Handle tx, Instant at) {
    tx.createUpdate(KEEP).bind("at", at.atOffset(ZoneOffset.UTC)).execute();
  }

  /**
   * Rates again from the stored bytes; none when the rating of that instant is no longer kept.
   *
   * @param scorer makes a scorer with the settings of then
   */
  public Optional<Again> again(Handle tx, Instant at, Function<ScoringSettings, Scorer> scorer) {
    return tx.createQuery(FIND)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .map(
            (row, _) ->
                new Stored(
                    StoredRecord.read(row.getBytes("inputs"), Run.class),
                    row.getString("scores_digest")))
        .findOne()
        .map(stored -> again(stored, scorer));
  }

  private static Again again(Stored stored, Function<ScoringSettings, Scorer> scorer) {
    var scores = stored.run().rate(scorer);
    var older = scores.stream().map(Score::withoutBands).toList();
    return new Again(
        scores,
        StoredRecord.digest(scores).equals(stored.digest())
            || StoredRecord.digest(older).equals(stored.digest()));
  }

  /**
   * @param unused before it goes what no shelf was made of
   * @param before before it goes everything but the newest
   */
  void forget(Handle tx, Instant unused, Instant before) {
    tx.createUpdate(FORGET)
        .bind("unused", unused.atOffset(ZoneOffset.UTC))
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .execute();
  }
}
