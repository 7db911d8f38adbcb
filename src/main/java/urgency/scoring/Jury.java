package urgency.scoring;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.catalog.SalesHistory;
import urgency.demand.DemandHead;
import urgency.glossary.Glossary;
import urgency.judging.JudgeSettings;
import urgency.judging.Judgements;
import urgency.judging.Judging;
import urgency.judging.Opinion;
import urgency.judging.Rubric;
import urgency.judging.Subject;
import urgency.judging.Trial;
import urgency.scoring.Scorer.Candidate;
import urgency.statistics.NegativeBinomial;
import urgency.trends.Trend;

/**
 * Puts young products before the judges of meaning, and brings what they said to the rating. Asking
 * happens shortly before a refresh, in a job of its own; rating only reads what was said, so a
 * judge who is late, wrong or gone costs nothing but his say.
 */
@Singleton
public final class Jury {
  /** Time between two looks at whether a refresh is near. */
  static final Duration GLANCE = Duration.ofSeconds(10);

  /** No judges at all. */
  static final Jury NONE = new Jury(Optional.empty());

  private static final Logger LOG = Logger.getLogger(Jury.class);

  /** Time between two looks at what was sent ahead, and between two tries to send. */
  static final Duration LOOK = Duration.ofMinutes(1);

  private static final Duration SEND_AGAIN = Duration.ofMinutes(10);
  private static final Duration ASK_AGAIN = Duration.ofMinutes(2);
  private static final Duration QUIET_BEFORE_REFRESH = Duration.ofSeconds(45);
  private static final int WEEK = 7;
  private static final double HORIZON_MIN_DAYS = 1e-6;

  private final Optional<Court> court;
  private volatile Instant notBefore = Instant.MIN;
  private volatile Instant notSentBefore = Instant.MIN;

  /** All that a jury that sits needs. */
  private record Court(
      Judging judging,
      Judgements judgements,
      Glossary glossary,
      SalesHistory sales,
      ScoringSettings scoring) {
    JudgeSettings settings() {
      return judging.settings();
    }

    Duration lead() {
      return min(settings().lead(), scoring.horizon().dividedBy(2));
    }

    Instant refreshAfter(Instant now) {
      var period = scoring.horizon().toMillis();
      var past = Math.floorMod(now.toEpochMilli(), period);
      return Instant.ofEpochMilli(now.toEpochMilli() - past + period);
    }
  }

  @Inject
  public Jury(
      Judging judging,
      Judgements judgements,
      Glossary glossary,
      SalesHistory sales,
      ScoringSettings scoring) {
    this(
        Optional.of(new Court(judging, judgements, glossary, sales, scoring))
            .filter(it -> it.settings().enabled()));
  }

  private Jury(Optional<Court> court) {
    this.court = court;
  }

  boolean sits() {
    return court.isPresent();
  }

  /** Whether a refresh is near, yet not so near that an answer would be late. */
  boolean isDue(Instant now) {
    if (court.isEmpty() || now.isBefore(notBefore)) return false;
    var lead = court.get().lead();
    var quiet = min(QUIET_BEFORE_REFRESH, lead.dividedBy(4));
    var left = Duration.between(now, court.get().refreshAfter(now));
    return left.compareTo(lead) <= 0 && left.compareTo(quiet) > 0;
  }

  /** The refresh that questions may be sent ahead of now, hours before it and not too late. */
  Optional<Instant> refreshAhead(Instant now) {
    if (court.isEmpty() || now.isBefore(notSentBefore)) return Optional.empty();
    var ahead = court.get().settings().ahead();
    if (ahead.isEmpty()) return Optional.empty();
    var refresh = court.get().refreshAfter(now);
    var left = Duration.between(now, refresh);
    var early = left.compareTo(ahead.get()) > 0;
    // With less than half of the time left, most of it would be asked a second time.
    var late = left.compareTo(ahead.get().dividedBy(2)) < 0;
    return early || late || left.compareTo(court.get().lead()) <= 0
        ? Optional.empty()
        : Optional.of(refresh);
  }

  /** Sends the same questions ahead, all at once and at half price. */
  void askAhead(List<Candidate> candidates, List<Score> scores, Instant refresh, Instant now) {
    if (court.isEmpty()) return;
    notSentBefore = now.plus(SEND_AGAIN);
    var sent = court.get().judging().ahead(young(candidates, scores), refresh);
    if (sent > 0) LOG.infof("judges: %d questions sent ahead of %s", sent, refresh);
  }

  /** Goes on with what was sent ahead. */
  void look() {
    court.ifPresent(it -> it.judging().look());
  }

  /** Asks about what expects few orders, most valuable first; a round that went well is enough. */
  void ask(List<Candidate> candidates, List<Score> scores) {
    if (court.isEmpty()) return;
    var round = court.get().judging().run(young(candidates, scores));
    var last = scores.isEmpty() ? Instant.MIN : scores.getFirst().at();
    notBefore = scores.isEmpty() ? Instant.MIN : last.plus(ASK_AGAIN);
    LOG.infof(
        "judges: %d known, %d judged, %d kept from them%s",
        round.known(),
        round.judged(),
        round.kept(),
        round.stopped().isEmpty() ? "" : "; stopped: " + round.stopped());
  }

  private List<Subject> young(List<Candidate> candidates, List<Score> scores) {
    var below = court.map(it -> it.settings().ordersBelow()).orElse(0);
    var byProduct = new HashMap<Object, Candidate>();
    for (var candidate : candidates) byProduct.put(candidate.product().id(), candidate);
    var subjects = new ArrayList<Subject>();
    scores.stream()
        .filter(score -> score.expectedOrders() < below)
        .sorted(Comparator.comparingDouble(Score::value).reversed().thenComparing(Score::product))
        .forEach(
            score -> {
              var candidate = byProduct.get(score.product());
              if (candidate != null) subjects.add(subject(candidate));
            });
    return subjects;
  }

  /**
   * Asks what new hashtags mean, strongest first: suggestions to operators, which move no score.
   */
  void explain(List<Trend> trends, List<Candidate> candidates) {
    if (court.isEmpty()) return;
    var tags = new ArrayList<String>();
    for (var it : trends) if (it.label().startsWith("#")) tags.add(it.key());
    var departments = candidates.stream().map(it -> it.product().category()).distinct().toList();
    var round = court.get().glossary().run(tags, departments);
    LOG.infof(
        "hashtags: %d known, %d read%s",
        round.known(),
        round.read(),
        round.stopped().isEmpty() ? "" : "; stopped: " + round.stopped());
  }

  /** The candidates with what judges said of them. */
  List<Candidate> heard(Handle tx, List<Candidate> candidates, Instant now) {
    if (court.isEmpty()) return candidates;
    var subjects = candidates.stream().map(Jury::subject).toList();
    var opinions = court.get().judgements().opinions(tx, court.get().settings(), subjects, now);
    var heard = new ArrayList<Candidate>(candidates.size());
    for (var i = 0; i < subjects.size(); i++) {
      heard.add(candidates.get(i).with(Optional.ofNullable(opinions.get(subjects.get(i)))));
    }
    return heard;
  }

  /**
   * On Mondays (UTC) begins the week's trials with what is judged and young, and writes down the
   * orders of weeks that are over. The Monday itself does not count: it is partly past.
   */
  void learn(Handle tx, Runs.Run run, List<Score> scores) {
    if (court.isEmpty()) return;
    var today = LocalDate.ofInstant(run.at(), ZoneOffset.UTC);
    if (today.getDayOfWeek() == DayOfWeek.MONDAY) Trial.begin(tx, trials(run, scores, today));
    for (var week : Trial.open(tx, today.minusDays(WEEK + 1))) {
      var sold = court.get().sales().between(tx, week.plusDays(1), week.plusDays(WEEK));
      Trial.complete(
          tx,
          week,
          sold.entrySet().stream()
              .collect(Collectors.toMap(it -> it.getKey().value(), it -> orders(it.getValue()))));
    }
  }

  private List<Trial> trials(Runs.Run run, List<Score> scores, LocalDate week) {
    var opinions = new HashMap<UUID, Opinion>();
    for (var it : run.candidates()) {
      it.opinion().ifPresent(opinion -> opinions.put(it.product().id().value(), opinion));
    }
    var days = Math.max(HORIZON_MIN_DAYS, DemandHead.days(run.horizon()));
    var below = court.map(it -> it.settings().ordersBelow()).orElse(0);
    var trials = new ArrayList<Trial>();
    for (var score : scores) {
      var opinion = opinions.get(score.product().value());
      if (opinion == null || score.expectedOrders() >= below) continue;
      var foretold = score.expectedOrders() / days * WEEK;
      var shift = shift(score);
      trials.add(
          new Trial(
              week,
              score.product().value(),
              Trial.judge(opinion.model(), Rubric.version()),
              opinion.verdict(),
              foretold * StrictMath.exp(-shift),
              shift,
              NegativeBinomial.predictive(foretold, score.worth(), run.settings().dispersion())
                  .atLeast(1),
              OptionalInt.empty()));
    }
    return trials;
  }

  private static double shift(Score score) {
    return score.parts().stream()
        .filter(it -> it.name().startsWith("meaning"))
        .mapToDouble(Score.Part::nats)
        .sum();
  }

  static Subject subject(Candidate it) {
    return new Subject(
        it.product().name(),
        it.product().category(),
        it.product().description(),
        List.copyOf(it.product().tags()),
        it.links().stream().map(link -> link.trend().displayName()).toList());
  }

  private static int orders(List<SalesHistory.Day> days) {
    return days.stream().mapToInt(SalesHistory.Day::orders).sum();
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
