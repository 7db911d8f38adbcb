package urgency.judging.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import urgency.judging.Dialect;
import urgency.judging.Judge;
import urgency.judging.JudgeCall.Outcome;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Question;
import urgency.judging.Rubric;
import urgency.judging.Verdicts;
import urgency.judging.Verdicts.Receipt;
import urgency.judging.Verdicts.Usage;
import urgency.platform.sql.Database;

/**
 * Writes every call down to the byte: the question before it is sent, the answer when it comes. The
 * body of a refusal by status is not kept, since providers repeat the question or the key in it.
 */
final class Recorded implements Judge {
  private static final String ADD =
      """
      insert into judging.call (id, run, started_at, provider, model, tier, prompt, items, seed,
             request_digest, request)
      values (:id, :run, :at, :provider, :model, :tier, :prompt, :items, :seed, :digest, :request)
      """;

  private static final String COMPLETE =
      """
      update judging.call
         set response = :response, status = :status, outcome = :outcome, note = :note,
             model_returned = :returned, request_id = :requestId, tokens_in = :in,
             tokens_cached = :cached, tokens_out = :out, tokens_reasoning = :reasoning,
             took_ms = :took
       where id = :id
      """;

  private final Database database;
  private final Dialect dialect;
  private final Model model;
  private final Wire wire;
  private final InstantSource clock;

  Recorded(Database database, Dialect dialect, Model model, Wire wire, InstantSource clock) {
    this.database = database;
    this.dialect = dialect;
    this.model = model;
    this.wire = wire;
    this.clock = clock;
  }

  @Override
  public Verdicts judge(Question question, Instant deadline) {
    var bytes = dialect.write(question, model);
    var sent = clock.instant();
    add(question, bytes, sent);
    var reply = wire.ask(question, bytes, deadline);
    complete(question, reply, Duration.between(sent, clock.instant()));
    return reply.verdicts();
  }

  private void add(Question question, byte[] bytes, Instant at) {
    database.change(
        tx ->
            tx.createUpdate(ADD)
                .bind("id", question.id())
                .bind("run", question.run())
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .bind("provider", model.provider().name().toLowerCase(Locale.ROOT))
                .bind("model", model.name())
                .bind("tier", model.tier().name().toLowerCase(Locale.ROOT))
                .bind("prompt", question.prompt())
                .bind("items", question.items())
                .bind("seed", question.seed())
                .bind("digest", Rubric.digest(bytes))
                .bind("request", Packed.pack(bytes))
                .execute());
  }

  private void complete(Question question, Wire.Reply reply, Duration took) {
    var receipt = receipt(reply.verdicts());
    var usage = receipt.flatMap(Receipt::usage).orElse(Usage.NONE);
    var response = receipt.isPresent() ? Packed.pack(reply.body()) : null;
    database.change(
        tx ->
            tx.createUpdate(COMPLETE)
                .bind("id", question.id())
                .bind("response", response)
                .bind("status", reply.status())
                .bind("outcome", outcome(reply.verdicts()).name())
                .bind("note", note(reply.verdicts()))
                .bind("returned", receipt.map(Receipt::modelReturned).orElse(""))
                .bind("requestId", receipt.map(Receipt::requestId).orElse(""))
                .bind("in", usage.in())
                .bind("cached", usage.cached())
                .bind("out", usage.out())
                .bind("reasoning", usage.reasoning())
                .bind("took", (int) Math.min(took.toMillis(), Integer.MAX_VALUE))
                .execute());
  }

  /** What an answer says about itself; none when there was none. */
  static Optional<Receipt> receipt(Verdicts verdicts) {
    return switch (verdicts) {
      case Verdicts.Given it -> Optional.of(it.receipt());
      case Verdicts.Told it -> Optional.of(it.receipt());
      case Verdicts.Refused it -> Optional.of(it.receipt());
      case Verdicts.Cut it -> Optional.of(it.receipt());
      case Verdicts.Garbled it -> Optional.of(it.receipt());
      case Verdicts.Failed _,
          Verdicts.Unreached _,
          Verdicts.Broken _,
          Verdicts.Stopped _,
          Verdicts.NoMoney _,
          Verdicts.Shut _ ->
          Optional.empty();
    };
  }

  private static Outcome outcome(Verdicts verdicts) {
    return switch (verdicts) {
      case Verdicts.Given _, Verdicts.Told _ -> Outcome.ANSWERED;
      case Verdicts.Refused _ -> Outcome.REFUSED;
      case Verdicts.Cut _ -> Outcome.CUT;
      case Verdicts.Garbled _ -> Outcome.GARBLED;
      case Verdicts.Failed _ -> Outcome.FAILED;
      case Verdicts.Unreached _, Verdicts.Broken _ -> Outcome.BROKEN;
      case Verdicts.Stopped _, Verdicts.NoMoney _, Verdicts.Shut _ -> Outcome.STOPPED;
    };
  }

  private static String dropped(List<String> dropped) {
    return dropped.isEmpty() ? "" : dropped.size() + " dropped";
  }

  private static String note(Verdicts verdicts) {
    return switch (verdicts) {
      case Verdicts.Given it -> dropped(it.dropped());
      case Verdicts.Told it -> dropped(it.dropped());
      case Verdicts.Garbled it -> it.what();
      case Verdicts.Failed it -> "status " + it.status();
      case Verdicts.Unreached it -> it.what();
      case Verdicts.Broken it -> it.what();
      case Verdicts.Refused _,
          Verdicts.Cut _,
          Verdicts.Stopped _,
          Verdicts.NoMoney _,
          Verdicts.Shut _ ->
          "";
    };
  }
}
