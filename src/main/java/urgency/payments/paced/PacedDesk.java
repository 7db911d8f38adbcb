package urgency.payments.paced;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import urgency.orders.Order;
import urgency.orders.PaymentDesk;
import urgency.platform.sql.Database;

/**
 * A desk that asks another one no more often than it may. Who gets no turn is told so at once and
 * comes again: orders that wait for their page, pages that wait for their end and refunds are rows
 * with a time for the next attempt, and nothing waits in memory.
 *
 * <p>When the provider says that it was asked too often, all nodes leave that call alone for a
 * while.
 */
public final class PacedDesk implements PaymentDesk {
  private static final Logger LOG = Logger.getLogger(PacedDesk.class);
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
  private static final String NO_TURN = "no turn yet";
  private static final String RESTING = "the provider does not answer; it is left alone";

  private final PaymentDesk desk;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Breaker breaker;
  private final Pace opening;
  private final Pace closing;
  private final Pace refunding;

  private record Pace(Allowance allowance, AtomicInteger refusals) {}

  public PacedDesk(
      PaymentDesk desk,
      Database database,
      int perSecond,
      RandomGenerator random,
      InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
    this.random = random;
    this.breaker = new Breaker(random);
    this.opening = pace(database, "open", perSecond);
    this.closing = pace(database, "close", perSecond);
    this.refunding = pace(database, "refund", perSecond);
  }

  @Override
  public Opening open(Order order, Instant now) {
    return opened(() -> desk.open(order, now));
  }

  @Override
  public Opening openSpare(Spare spare) {
    return opened(() -> desk.openSpare(spare));
  }

  @Override
  public Optional<Turn> turn(Instant now) {
    if (!opening.allowance().take(now)) return Optional.empty();
    return Optional.of(
        (order, at) ->
            asked(opening, () -> desk.open(order, at), PacedDesk::trouble, Opening.NotNow::new));
  }

  @Override
  public Closing close(Order.Session session) {
    return paced(
        closing,
        () -> desk.close(session),
        answer ->
            switch (answer) {
              case Closing.Unknown(_, var trouble) -> Optional.of(trouble);
              case Closing.Closed _, Closing.Finished _ -> Optional.empty();
            },
        Closing.Unknown::new);
  }

  @Override
  public Refunding refund(MoneyBack wish) {
    return paced(
        refunding,
        () -> desk.refund(wish),
        answer ->
            switch (answer) {
              case Refunding.NotNow(_, var trouble) -> Optional.of(trouble);
              case Refunding.Sent _, Refunding.Refused _ -> Optional.empty();
            },
        Refunding.NotNow::new);
  }

  /** Looks are few, and what they learn is worth more than their place in the line. */
  @Override
  public Optional<SessionState> look(Order.Session session) {
    return desk.look(session);
  }

  private Opening opened(Supplier<Opening> call) {
    return paced(opening, call, PacedDesk::trouble, Opening.NotNow::new);
  }

  private static Optional<Trouble> trouble(Opening answer) {
    return switch (answer) {
      case Opening.NotNow(_, var trouble) -> Optional.of(trouble);
      case Opening.Opened _, Opening.Refused _ -> Optional.empty();
    };
  }

  @FunctionalInterface
  private interface Later<T> {
    T because(String why, Trouble trouble);
  }

  private <T> T paced(
      Pace pace, Supplier<T> call, Function<T, Optional<Trouble>> trouble, Later<T> later) {
    if (!pace.allowance().take(clock.instant())) return later.because(NO_TURN, Trouble.TOO_FAST);
    return asked(pace, call, trouble, later);
  }

  private <T> T asked(
      Pace pace, Supplier<T> call, Function<T, Optional<Trouble>> trouble, Later<T> later) {
    if (!breaker.lets(clock.instant())) return later.because(RESTING, Trouble.TOO_FAST);
    var answer = call.get();
    heard(pace, trouble.apply(answer));
    return answer;
  }

  private void heard(Pace pace, Optional<Trouble> trouble) {
    var now = clock.instant();
    if (trouble.isEmpty()) {
      breaker.answered();
      pace.refusals().set(0);
      return;
    }
    switch (trouble.get()) {
      case TOO_FAST -> {
        breaker.answered();
        var step = pace.refusals().getAndIncrement();
        var pause = Breaker.jittered(PAUSE_MIN, PAUSE_MAX, step, random);
        LOG.warnf("the provider was asked too often; it is left alone for %s", pause);
        pace.allowance().pause(now.plus(pause));
      }
      case DOWN -> breaker.failed(now);
    }
  }

  private static Pace pace(Database database, String call, int perSecond) {
    return new Pace(new Allowance(database, call, perSecond), new AtomicInteger());
  }
}
