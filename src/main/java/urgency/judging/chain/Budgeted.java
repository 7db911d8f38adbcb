package urgency.judging.chain;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import urgency.judging.Dialect;
import urgency.judging.Judge;
import urgency.judging.JudgeSettings.Caps;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Question;
import urgency.judging.Verdicts;
import urgency.judging.Verdicts.Usage;
import urgency.platform.sql.Database;

/**
 * Reserves the most that a call can cost before it is sent, and settles with what it did cost. It
 * stands beneath the retries, since each of them may be charged.
 *
 * <p>The most: no tokenizer makes more tokens than there are bytes, and no answer is longer than it
 * may be. So the bound holds for every model without knowing its tokenizer.
 */
final class Budgeted implements Judge {
  private static final Logger LOG = Logger.getLogger(Budgeted.class);

  /** What a provider adds around messages: marks of roles and of the schema. */
  private static final int FRAME_TOKENS = 512;

  private final Judge next;
  private final Database database;
  private final Ledger ledger;
  private final Prices prices;
  private final Dialect dialect;
  private final Model model;
  private final Caps caps;
  private final InstantSource clock;

  Budgeted(
      Judge next,
      Database database,
      Ledger ledger,
      Prices prices,
      Dialect dialect,
      Model model,
      Caps caps,
      InstantSource clock) {
    this.next = next;
    this.database = database;
    this.ledger = ledger;
    this.prices = prices;
    this.dialect = dialect;
    this.model = model;
    this.caps = caps;
    this.clock = clock;
  }

  @Override
  public Verdicts judge(Question question, Instant deadline) {
    var now = clock.instant();
    var rate = prices.of(model, LocalDate.ofInstant(now, ZoneOffset.UTC));
    if (rate.isEmpty()) return new Verdicts.NoMoney("no price is known for " + model.name());
    var bytes = dialect.write(question, model).length;
    var most = most(rate.get(), bytes, model);
    var reservation =
        database.write(
            tx ->
                ledger.reserve(
                    tx, question.id(), question.run(), most, rate.get().version(), caps, now));
    return switch (reservation) {
      case Ledger.Reservation.OverCap it -> new Verdicts.NoMoney(it.cap());
      case Ledger.Reservation.Reserved _ -> {
        // Whatever is thrown here leaves the reservation standing, as a crash would.
        var verdicts = next.judge(question, deadline);
        cost(verdicts, rate.get()).ifPresent(cost -> settle(question, cost, most));
        yield verdicts;
      }
    };
  }

  private void settle(Question question, long cost, long most) {
    if (cost > most) {
      LOG.warnf("%s says that a call cost more than it can: %d micro-dollars", model.name(), cost);
    }
    database.change(tx -> ledger.settle(tx, question.id(), cost));
  }

  /** The most that a request of so many bytes can cost. */
  static long most(Prices.Rate rate, int bytes, Model model) {
    return rate.micros(new Usage(bytes + FRAME_TOKENS, 0, model.outputTokens(), 0));
  }

  /** What an answer did cost; empty when nobody knows, and then the reservation stands. */
  static OptionalLong cost(Verdicts verdicts, Prices.Rate rate) {
    return switch (verdicts) {
      case Verdicts.Given _,
          Verdicts.Told _,
          Verdicts.Refused _,
          Verdicts.Cut _,
          Verdicts.Garbled _ ->
          Recorded.receipt(verdicts)
              .flatMap(Verdicts.Receipt::usage)
              .map(it -> OptionalLong.of(rate.micros(it)))
              .orElse(OptionalLong.empty());
      case Verdicts.Failed _, Verdicts.Unreached _ -> OptionalLong.of(0);
      case Verdicts.Broken _, Verdicts.Stopped _, Verdicts.NoMoney _, Verdicts.Shut _ ->
          OptionalLong.empty();
    };
  }
}
