package urgency.judging.chain;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import urgency.judging.Batch;
import urgency.judging.Judge;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Judgements;
import urgency.judging.Judgements.Judgement;
import urgency.judging.Question;
import urgency.judging.Rubric;
import urgency.judging.Subject;
import urgency.judging.Verdicts;
import urgency.judging.Verdicts.Claim;
import urgency.judging.Verdicts.Receipt;
import urgency.platform.sql.Database;

/** Asks only about what nobody has judged within a week, and remembers what is judged. */
final class Cached implements Judge {
  private final Judge next;
  private final Database database;
  private final Judgements judgements;
  private final Model model;
  private final InstantSource clock;

  Cached(Judge next, Database database, Judgements judgements, Model model, InstantSource clock) {
    this.next = next;
    this.database = database;
    this.judgements = judgements;
    this.model = model;
    this.clock = clock;
  }

  @Override
  public Verdicts judge(Question question, Instant deadline) {
    // What else is asked has a memory of its own, where it is kept.
    return question instanceof Batch batch
        ? judge(batch, deadline)
        : next.judge(question, deadline);
  }

  private Verdicts judge(Batch batch, Instant deadline) {
    var known = known(batch);
    if (known.isEmpty()) return remembered(batch, next.judge(batch, deadline));
    var missing = new ArrayList<>(batch.subjects());
    missing.removeAll(known.keySet());
    if (missing.isEmpty()) {
      var nobody = new Receipt(batch.id(), "", "", Optional.empty());
      return merged(
          batch, known, new Verdicts.Given(java.util.List.of(), java.util.List.of(), nobody));
    }
    var smaller = Batch.of(batch.id(), batch.run(), missing, batch.today(), batch.seed());
    var verdicts = remembered(smaller, next.judge(smaller, deadline));
    if (!(verdicts instanceof Verdicts.Given given)) return verdicts;
    var judged = new LinkedHashMap<Subject, Judgement>(known);
    smaller
        .judged(given)
        .forEach(
            (subject, verdict) ->
                judged.put(subject, new Judgement(verdict, batch.id(), "", "", clock.instant())));
    return merged(batch, judged, given);
  }

  private Map<Subject, Judgement> known(Batch batch) {
    var keys = new LinkedHashMap<String, Subject>();
    for (var it : batch.subjects()) keys.put(Rubric.key(model, it), it);
    var found = database.read(tx -> judgements.known(tx, keys.keySet(), clock.instant()));
    var known = new LinkedHashMap<Subject, Judgement>();
    keys.forEach(
        (key, subject) -> {
          var it = found.get(key);
          if (it != null) known.put(subject, it);
        });
    return known;
  }

  // Only what passes the same check as everything that leaves here.
  private Verdicts remembered(Batch batch, Verdicts verdicts) {
    if (verdicts instanceof Verdicts.Given given) {
      var judged = batch.judged(Rubric.checked(batch, given));
      var receipt = given.receipt();
      database.change(tx -> judgements.add(tx, model, judged, receipt, clock.instant()));
    }
    return verdicts;
  }

  private static Verdicts merged(
      Batch batch, Map<Subject, Judgement> judged, Verdicts.Given given) {
    var claims = new ArrayList<Claim>();
    for (var entry : batch.entries()) {
      var it = judged.get(entry.subject());
      if (it != null && !entry.canary()) claims.add(new Claim(entry.ref(), it.verdict()));
    }
    return new Verdicts.Given(claims, given.dropped(), given.receipt());
  }
}
