package urgency.shelf;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.platform.sql.StoredRecord;
import urgency.scoring.Runs;
import urgency.scoring.Score;
import urgency.scoring.Scorer;
import urgency.scoring.ScoringSettings;
import urgency.shelf.Diversity.Likeness;

/**
 * All that each shelf was decided by, and the decision. Each has a digest that covers the one
 * before, so that none can be altered without altering all that follow.
 */
@Singleton
public final class Decisions {
  private static final String NONE_BEFORE = "";
  private static final int KEPT_MAX = 10_000;

  private static final String ADD =
      """
      insert into shelf.decision (edition, inputs, choices, previous_digest, digest)
      values (:edition, :inputs, :choices, :previous, :digest)
      """;

  private static final String FIND =
      """
      select inputs, choices, previous_digest, digest
        from shelf.decision
       where edition = :edition
      """;

  private static final String FORGET = "delete from shelf.decision where edition <= :last";

  private static final String LAST_DIGEST =
      "select digest from shelf.decision order by edition desc limit 1";

  private static final String NUMBERS =
      "select edition from shelf.decision order by edition desc limit :max";

  private final Runs runs;

  public Decisions(Runs runs) {
    this.runs = runs;
  }

  /** One variant of a candidate, as it was known. */
  record Unit(VariantId variant, int left, Optional<Money> reference, Optional<Money> lastFlash) {}

  /** One candidate, as it was known, without anything that has no order. */
  record Known(
      Product product,
      Score score,
      List<Unit> units,
      boolean shownLast,
      // Left out where it is empty, so that older decisions keep their digests.
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> barred,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Long> shownIn,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> risk) {
    static Known of(Candidate it) {
      var units = new ArrayList<Unit>();
      for (var variant : it.product().variants()) {
        units.add(
            new Unit(
                variant.id(),
                it.left(variant.id()),
                Optional.ofNullable(it.references().get(variant.id())),
                Optional.ofNullable(it.lastFlash().get(variant.id()))));
      }
      return new Known(
          it.product(), it.score(), units, it.shownLast(), it.barred(), it.shownIn(), it.risk());
    }

    int left() {
      return units.stream().mapToInt(it -> Math.max(0, it.left())).sum();
    }

    Known rated(Score other) {
      return new Known(product, other, units, shownLast, barred, shownIn, risk);
    }

    Candidate candidate() {
      var left = new HashMap<VariantId, Integer>();
      var references = new HashMap<VariantId, Money>();
      var flash = new HashMap<VariantId, Money>();
      for (var unit : units) {
        left.put(unit.variant(), unit.left());
        unit.reference().ifPresent(it -> references.put(unit.variant(), it));
        unit.lastFlash().ifPresent(it -> flash.put(unit.variant(), it));
      }
      return new Candidate(
          product, score, left, references, flash, shownLast, barred, shownIn, risk);
    }
  }

  /**
   * All that the curator is given.
   *
   * @param likeness how likeness was told; empty in decisions from before there was a choice
   */
  record Inputs(
      long number,
      Schedule.Window window,
      long seed,
      ShelfSettings settings,
      List<Known> candidates,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Likeness> likeness) {
    static Inputs of(
        long number,
        Schedule.Window window,
        String previous,
        ShelfSettings settings,
        Collection<Candidate> candidates) {
      var known =
          candidates.stream()
              .sorted(Comparator.comparing((Candidate it) -> it.product().id()))
              .map(Known::of)
              .toList();
      return new Inputs(
          number,
          window,
          seed(number, previous),
          settings,
          known,
          Optional.of(Likeness.WORDS_AND_MEANING));
    }

    Optional<Decision> decide() {
      return curator().compose(all(), window, number, seed);
    }

    List<Ranked> ranked() {
      return curator().ranked(all(), number);
    }

    private List<Candidate> all() {
      return candidates.stream().map(Known::candidate).toList();
    }

    private Curator curator() {
      return new Curator(settings, likeness.orElse(Likeness.WORDS));
    }

    Inputs rated(Function<Known, Score> by) {
      var changed = candidates.stream().map(it -> it.rated(by.apply(it))).toList();
      return new Inputs(number, window, seed, settings, changed, likeness);
    }

    // Nobody can choose it: it follows from all that was decided before.
    private static long seed(long number, String previous) {
      return Long.parseUnsignedLong(StoredRecord.digest(number, previous).substring(0, 16), 16);
    }
  }

  private record Stored(Inputs inputs, Decision decision, String previous, String digest) {}

  /** What came of deciding an edition again. */
  public sealed interface Replayed {
    /** Every rating and every place came out the same, to the last bit. */
    record Same(long edition, String digest, int products, int ratings) implements Replayed {}

    /** Something came out differently: another version of the code, or altered bytes. */
    record Differs(long edition, String what, String expected, String found) implements Replayed {}

    /** There is no record of such an edition. */
    record Unknown(long edition) implements Replayed {}
  }

  Inputs inputs(
      Handle tx,
      long number,
      Schedule.Window window,
      ShelfSettings settings,
      Collection<Candidate> candidates) {
    return Inputs.of(number, window, lastDigest(tx), settings, candidates);
  }

  void add(Handle tx, Inputs inputs, Decision decision) {
    var previous = lastDigest(tx);
    tx.createUpdate(ADD)
        .bind("edition", inputs.number())
        .bind("inputs", StoredRecord.write(inputs))
        .bind("choices", StoredRecord.write(decision))
        .bind("previous", previous)
        .bind("digest", digest(previous, inputs, decision))
        .execute();
    for (var at : ratings(inputs)) runs.keep(tx, at);
    tx.createUpdate(FORGET).bind("last", inputs.number() - KEPT_MAX).execute();
  }

  /** Why an edition looks as it does, while it is on record. */
  public Optional<Decision> of(Handle tx, long edition) {
    return stored(tx, edition).map(Stored::decision);
  }

  /** The scores that an edition was decided by. */
  public List<Score> scores(Handle tx, long edition) {
    return stored(tx, edition)
        .map(it -> it.inputs().candidates().stream().map(Known::score).toList())
        .orElse(List.of());
  }

  /**
   * What was foretold of a product when an edition was decided.
   *
   * @param units that could be sold when it was decided
   * @param horizon how far ahead the score looks
   */
  public record Foretold(Score score, int units, Duration horizon) {}

  /** A past decision, to be made again with other scores; nothing of that is kept. */
  public static final class Trial {
    private final Inputs inputs;

    Trial(Inputs inputs) {
      this.inputs = inputs;
    }

    /**
     * A decision about products that are only imagined, to be measured. Each has all its units in
     * its first variant, and has had its price for a month.
     */
    public static Trial imagined(
        long number,
        Instant opensAt,
        ShelfSettings settings,
        List<Scorer.Candidate> products,
        List<Score> scores) {
      var byId = new HashMap<ProductId, Score>();
      for (var it : scores) byId.put(it.product(), it);
      var candidates = new ArrayList<Candidate>(products.size());
      for (var it : products) {
        var first = it.product().variants().getFirst();
        var score = byId.get(it.product().id());
        if (score == null) throw new IllegalArgumentException("not rated: " + it.product().slug());
        var units = Map.of(first.id(), it.unitsLeft());
        var prices = Map.of(first.id(), first.price());
        candidates.add(new Candidate(it.product(), score, units, prices, Map.of(), false));
      }
      var window = new Schedule.Window(opensAt, opensAt.plus(settings.refresh()));
      return new Trial(Inputs.of(number, window, NONE_BEFORE, settings, candidates));
    }

    public long edition() {
      return inputs.number();
    }

    /** Decides with these scores in place of those of then; none when nothing could be sold. */
    public Optional<Decision> decide(Map<ProductId, Score> instead) {
      return rated(instead).decide();
    }

    private Inputs rated(Map<ProductId, Score> instead) {
      return inputs.rated(it -> instead.getOrDefault(it.product().id(), it.score()));
    }

    /** What it was ranked by. */
    public ShelfSettings.Mode mode() {
      return inputs.settings().mode();
    }

    /** What a product would be ranked by, where that is a weighted score and it could be sold. */
    public Optional<Decision.Weighed> weighed(ProductId product, Map<ProductId, Score> instead) {
      return rated(instead).ranked().stream()
          .filter(it -> it.candidate().product().id().equals(product))
          .findFirst()
          .flatMap(Ranked::weighed);
    }

    /** The score of then. */
    public Optional<Score> score(ProductId product) {
      return inputs.candidates().stream()
          .filter(it -> it.product().id().equals(product))
          .map(Known::score)
          .findFirst();
    }
  }

  /** An edition to be tried with other scores, while it is on record. */
  public Optional<Trial> trial(Handle tx, long edition) {
    return stored(tx, edition).map(it -> new Trial(it.inputs()));
  }

  /** What was foretold of every candidate of an edition; none when it is not on record. */
  public List<Foretold> foretold(Handle tx, long edition) {
    return stored(tx, edition).map(Stored::inputs).stream()
        .flatMap(
            inputs ->
                inputs.candidates().stream()
                    .map(it -> new Foretold(it.score(), it.left(), inputs.settings().refresh())))
        .toList();
  }

  /** The newest editions that can be decided again, newest first. */
  public List<Long> numbers(Handle tx, int max) {
    return tx.createQuery(NUMBERS).bind("max", max).mapTo(Long.class).list();
  }

  /**
   * Decides an edition again from the stored bytes: first the ratings, then the places.
   *
   * @param scorer makes the scorer with the settings of then
   */
  public Replayed replay(Handle tx, long edition, Function<ScoringSettings, Scorer> scorer) {
    var found = stored(tx, edition);
    if (found.isEmpty()) return new Replayed.Unknown(edition);
    var stored = found.get();
    var inputs = stored.inputs();
    for (var at : ratings(inputs)) {
      var again = runs.again(tx, at, scorer);
      if (again.isEmpty()) return differs(edition, "rating of " + at, "kept", "gone");
      var rated = new HashMap<Object, Score>();
      for (var score : again.get().scores()) rated.put(score.product(), score);
      for (var known : inputs.candidates()) {
        var score = known.score();
        if (!score.at().equals(at)) continue;
        var now = rated.get(score.product());
        if (now != null && score.bands().isEmpty()) now = now.withoutBands();
        if (score.equals(now)) continue;
        var what = "score of " + known.product().slug();
        return now == null
            ? differs(edition, what, score.toString(), "not rated")
            : differs(edition, what, score, now);
      }
    }
    var decided = inputs.decide();
    if (decided.isEmpty()) return differs(edition, "edition", "published", "nothing to sell");
    var digest = digest(stored.previous(), inputs, decided.get());
    if (digest.equals(stored.digest())) {
      return new Replayed.Same(edition, digest, inputs.candidates().size(), ratings(inputs).size());
    }
    // Where the decision is the same, what it was made of or the chain before it was altered.
    return StoredRecord.difference(stored.decision(), decided.get())
        .map(it -> differs(edition, "decision at " + it.where(), it.then(), it.now()))
        .orElseGet(() -> differs(edition, "digest", stored.digest(), digest));
  }

  private static Replayed differs(long edition, String what, Score then, Score now) {
    return StoredRecord.difference(then, now)
        .map(it -> differs(edition, what + " at " + it.where(), it.then(), it.now()))
        .orElseGet(() -> differs(edition, what, then.toString(), now.toString()));
  }

  private static Replayed differs(long edition, String what, String expected, String found) {
    return new Replayed.Differs(edition, what, expected, found);
  }

  // What was not rated lately has no units, and its old rating decides nothing.
  private static Set<Instant> ratings(Inputs inputs) {
    var ratings = new TreeSet<Instant>();
    for (var it : inputs.candidates()) {
      if (it.units().stream().anyMatch(unit -> unit.left() > 0)) ratings.add(it.score().at());
    }
    return ratings;
  }

  private static String digest(String previous, Inputs inputs, Decision decision) {
    return StoredRecord.digest(previous, inputs, decision);
  }

  private static String lastDigest(Handle tx) {
    return tx.createQuery(LAST_DIGEST).mapTo(String.class).findOne().orElse(NONE_BEFORE);
  }

  private static Optional<Stored> stored(Handle tx, long edition) {
    return tx.createQuery(FIND)
        .bind("edition", edition)
        .map(
            (row, _) ->
                new Stored(
                    StoredRecord.read(row.getBytes("inputs"), Inputs.class),
                    StoredRecord.read(row.getBytes("choices"), Decision.class),
                    row.getString("previous_digest"),
                    row.getString("digest")))
        .findOne();
  }
}
