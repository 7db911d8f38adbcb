package urgency.judging.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import urgency.judging.Judge;
import urgency.judging.Question;
import urgency.judging.Verdicts;

/**
 * Leaves a model alone that has failed half of its last calls, or has refused three questions: for
 * a minute at first, then twice as long each time, up to a quarter of an hour. Meanwhile the next
 * model is asked. A single call then tries whether it is back.
 */
final class Breaker implements Judge {
  private static final Logger LOG = Logger.getLogger(Breaker.class);
  private static final int LAST = 20;
  private static final int LAST_MIN = 4;
  private static final int REFUSALS_MAX = 3;
  private static final int REFUSED_MAX = 1_000;
  private static final Duration REST = Duration.ofMinutes(1);
  private static final Duration REST_MAX = Duration.ofMinutes(15);

  private final List<Lane> lanes;
  private final InstantSource clock;

  /** One model and how it fared. */
  private static final class Lane {
    private final String name;
    private final Judge judge;
    private final Deque<Boolean> failures = new ArrayDeque<>();
    private final Set<Object> refused = new HashSet<>();
    private int refusals;
    private Duration rest = REST;
    private Instant shutUntil = Instant.MIN;
    private boolean trying;

    Lane(String name, Judge judge) {
      this.name = name;
      this.judge = judge;
    }

    synchronized boolean mayPass(Instant now) {
      if (now.isBefore(shutUntil) || trying) return false;
      // After a rest one call goes first, alone.
      trying = shutUntil.isAfter(Instant.MIN);
      return true;
    }

    synchronized Instant shutUntil() {
      return shutUntil;
    }

    synchronized void tell(Question question, Verdicts verdicts, Instant now) {
      var wasTrying = trying;
      trying = false;
      var verdict = judged(verdicts);
      if (verdict == Health.UNKNOWN) return;
      refusals = verdicts instanceof Verdicts.Refused ? refusals + (isNew(question) ? 1 : 0) : 0;
      if (failures.size() == LAST) failures.removeFirst();
      failures.addLast(verdict == Health.ILL);
      if (verdict == Health.WELL && wasTrying) heal();
      var ill = failures.stream().filter(it -> it).count();
      if ((wasTrying && verdict == Health.ILL)
          || (failures.size() >= LAST_MIN && 2 * ill >= failures.size())
          || refusals >= REFUSALS_MAX) {
        shut(now);
      }
    }

    // Looking for the one product that a model will not judge refuses its halves again and again.
    private boolean isNew(Question question) {
      if (refused.size() > REFUSED_MAX) refused.clear();
      return refused.addAll(question.contents());
    }

    private void heal() {
      failures.clear();
      rest = REST;
      shutUntil = Instant.MIN;
    }

    private void shut(Instant now) {
      shutUntil = now.plus(rest);
      LOG.warnf("%s is left alone for %d s", name, rest.toSeconds());
      rest = rest.multipliedBy(2).compareTo(REST_MAX) > 0 ? REST_MAX : rest.multipliedBy(2);
      failures.clear();
      refusals = 0;
    }
  }

  private enum Health {
    WELL,
    ILL,
    /** Says nothing about the model: no money, nobody waiting. */
    UNKNOWN
  }

  Breaker(InstantSource clock) {
    this.lanes = new ArrayList<>();
    this.clock = clock;
  }

  /** Adds a model that is asked when those before it are left alone. */
  Breaker then(String name, Judge judge) {
    lanes.add(new Lane(name, judge));
    return this;
  }

  @Override
  public Verdicts judge(Question question, Instant deadline) {
    var soonest = Instant.MAX;
    for (var lane : lanes) {
      var now = clock.instant();
      if (!lane.mayPass(now)) {
        if (lane.shutUntil().isBefore(soonest)) soonest = lane.shutUntil();
        continue;
      }
      var told = false;
      try {
        var verdicts = lane.judge.judge(question, deadline);
        lane.tell(question, verdicts, clock.instant());
        told = true;
        return verdicts;
      } finally {
        if (!told) lane.tell(question, new Verdicts.Broken("threw"), clock.instant());
      }
    }
    return new Verdicts.Shut(soonest);
  }

  private static Health judged(Verdicts verdicts) {
    return switch (verdicts) {
      case Verdicts.Given _, Verdicts.Told _, Verdicts.Cut _, Verdicts.Refused _ -> Health.WELL;
      case Verdicts.Garbled _, Verdicts.Failed _, Verdicts.Unreached _, Verdicts.Broken _ ->
          Health.ILL;
      case Verdicts.Stopped _, Verdicts.NoMoney _, Verdicts.Shut _ -> Health.UNKNOWN;
    };
  }
}
