package urgency.judging.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
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
import urgency.platform.sql.Packed;

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
       where id = :id and outcome = 'OPEN'
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
    database.change(tx -> add(tx, question, model, bytes, sent));
    var reply = wire.ask(question, bytes, deadline);
    var took = Duration.between(sent, clock.instant());
    database.change(tx -> complete(tx, question.id(), reply, note(reply.verdicts()), took));
    return reply.verdicts();
  }

  /** Writes a call down before it is sent. */
  static void add(Handle tx, Question question, Model model, byte[] bytes, Instant at) {
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
        .execute();
  }

  /** Adds what came back, unless that was done; answers how many calls it was added to. */
  static int complete(Handle tx, UUID call, Wire.Reply reply, String note, Duration took) {
    var receipt = receipt(reply.verdicts());
    var usage = receipt.flatMap(Receipt::usage).orElse(Usage.NONE);
    var response = receipt.isPresent() ? Packed.pack(reply.body()) : null;
    return tx.createUpdate(COMPLETE)
        .bind("id", call)
        .bind("response", response)
        .bind("status", reply.status())
        .bind("outcome", outcome(reply.verdicts()).name())
        .bind("note", note)
        .bind("returned", receipt.map(Receipt::modelReturned).orElse(""))
        .bind("requestId", receipt.map(Receipt::requestId).orElse(""))
        .bind("in", usage.in())
        .bind("cached", usage.cached())
        .bind("out", usage.out())
        .bind("reasoning", usage.reasoning())
        .bind("took", (int) Math.min(took.toMillis(), Integer.MAX_VALUE))
        .execute();
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

  static String note(Verdicts verdicts) {
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
