package urgency.app.bars;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import urgency.scoring.backtest.Report;
import urgency.scoring.backtest.Report.Bar;
import urgency.scoring.backtest.Report.Other;
import urgency.scoring.backtest.Report.Other.Verdict;
import urgency.scoring.backtest.Report.Row;
import urgency.scoring.backtest.Report.Table;

/**
 * Bars 5 to 13 of the engine: those that can be measured here and now are, and of the others it is
 * said what proves them. What is measured of time and memory is of this machine and decides
 * nothing.
 */
public final class EngineBars {
  /** Figures on record, which no change may make worse unnoticed. */
  public static final Path RECORD = Path.of("src/bench/bars.properties");

  public static final String DIGEST = "shelves.digest";

  private static final String BY_FIRST = "by the first labelling";
  private static final String BY_SECOND = "by the second labelling";
  private static final String BY_BOTH = "by both, differences decided";
  private static final double FIRST_MIN = 0.85;
  private static final double FIVE_MIN = 0.92;
  private static final double SUM_MAX = 1e-9;
  private static final int THREADS = 8;
  private static final int PRODUCTS = 10_000;
  private static final int ROUNDS = 40;
  private static final double MILLISECONDS_MAX = 1_000;
  private static final double READING_MAX = 50;
  private static final double HEAP_MAX = 64;
  private static final double ARTEFACT_MAX = 6;
  private static final int DIGITS_SHOWN = 16;

  private EngineBars() {}

  /** All of it, as the command shows it. */
  public static Report measure(boolean quick, Consumer<String> progress) {
    if (quick) return Report.of(List.of(), List.of(), leftOut()).and(elsewhere());
    return figures(progress).and(times(progress)).and(elsewhere());
  }

  /** What the same code gives on every machine. */
  public static Report figures(Consumer<String> progress) {
    return links(progress).and(shelves(progress)).and(costs(progress)).and(sums(progress));
  }

  private static List<Other> leftOut() {
    var left = new ArrayList<Other>();
    for (var it : List.of(6, 7, 8, 9, 12)) {
      left.add(Other.without(it, "left out by --quick", Verdict.NOT_MEASURED, "bin/backtest"));
    }
    return left;
  }

  private static Report links(Consumer<String> progress) {
    var says = "hashtags to categories";
    if (!HashtagLabels.isIn(HashtagLabels.FOLDER)) {
      return only(
          Other.without(
              6, says + ": no labels in " + HashtagLabels.FOLDER, Verdict.NOT_MEASURED, ""));
    }
    progress.accept("hashtags to categories");
    var labels = HashtagLabels.read(HashtagLabels.FOLDER);
    var rows = new ArrayList<Row>();
    var bars = new ArrayList<Bar>();
    for (var i = 0; i < labels.labellings(); i++) {
      var by = i == 0 ? BY_FIRST : BY_SECOND;
      var hits = labels.hits(i, labels.commercial(i));
      rows.add(row(by, hits));
      if (!labels.hasDecisions()) judge(bars, says, by, hits);
    }
    if (labels.hasDecisions()) {
      var hits = labels.whereDecided();
      rows.add(row(BY_BOTH, hits));
      judge(bars, says, BY_BOTH, hits);
    }
    var tables = new ArrayList<Table>();
    if (labels.labellings() > 1) {
      rows.add(row("where both say that it fits", labels.whereAllAgree()));
      rows.add(row("where either says so", labels.whereAnySays()));
      tables.add(agreement(labels));
    }
    tables.addFirst(
        new Table(
            "links",
            "Hashtags to categories",
            "Each hashtag that a labelling has a category for, against the distinct names of TikTok"
                + " Shop's categories. hit@1: the nearest fits; hit@5: one of the five nearest.",
            rows));
    return Report.of(tables, bars, List.of());
  }

  private static void judge(List<Bar> bars, String says, String by, HashtagLabels.Hits hits) {
    bars.add(
        new Bar(
            6, "%s: hit@1 %s".formatted(says, by), hits.atOne(), Bar.Bound.AT_LEAST, FIRST_MIN));
    bars.add(
        new Bar(
            6, "%s: hit@5 %s".formatted(says, by), hits.atFive(), Bar.Bound.AT_LEAST, FIVE_MIN));
  }

  private static Row row(String by, HashtagLabels.Hits hits) {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("hashtags", (double) hits.tags());
    figures.put("hit@1", hits.atOne());
    figures.put("hit@5", hits.atFive());
    return new Row(by, true, figures);
  }

  private static Table agreement(HashtagLabels labels) {
    return new Table(
        "labels",
        "How far the two labellings agree",
        "Cohen's kappa: 0 as chance would have it, 1 always the same.",
        List.of(
            row("whether a hashtag has any category", labels.onCommerce()),
            row("whether one of its five nearest fits", labels.onCategories())));
  }

  private static Row row(String on, HashtagLabels.Agreement it) {
    var figures = new LinkedHashMap<String, Double>();
    figures.put("cases", (double) it.cases());
    figures.put("alike", it.same() / (double) Math.max(1, it.cases()));
    figures.put("kappa", it.kappa());
    return new Row(on, false, figures);
  }

  private static Report shelves(Consumer<String> progress) {
    progress.accept("%d shelves by 1 and %d threads".formatted(ShelfDigest.WINDOWS, THREADS));
    var digests = ShelfDigest.digests(THREADS);
    var distinct = new LinkedHashSet<>(digests).size();
    var digest = digests.getFirst();
    var bars = new ArrayList<Bar>();
    bars.add(
        new Bar(
            7,
            "%d shelves, by 1 and by %d threads at once: different digests"
                .formatted(ShelfDigest.WINDOWS, THREADS),
            distinct,
            Bar.Bound.AT_MOST,
            1));
    var recorded = recorded(DIGEST);
    if (recorded.isEmpty()) {
      var says = "no digest on record; it is %s".formatted(digest);
      return Report.of(List.of(), bars, List.of(Other.without(7, says, Verdict.NOT_MEASURED, "")));
    }
    var same = recorded.get().equals(digest);
    bars.add(
        new Bar(
            7,
            same
                ? "the digest is the recorded one, " + digest.substring(0, DIGITS_SHOWN)
                : "the digest is %s, recorded is %s".formatted(digest, recorded.get()),
            same ? 1 : 0,
            Bar.Bound.AT_LEAST,
            1));
    return Report.of(List.of(), bars, List.of());
  }

  private static Report costs(Consumer<String> progress) {
    progress.accept("what judges cost");
    var counted = JudgeCost.counted(JudgeCost.COUNTED);
    var rows = new ArrayList<Row>();
    var bars = new ArrayList<Bar>();
    var others = new ArrayList<Other>();
    for (var line : JudgeCost.LINES) {
      var requests = JudgeCost.requests(line);
      var known =
          Optional.ofNullable(counted.get(line.name()))
              .filter(it -> it.digest().equals(JudgeCost.digest(requests)));
      var cents = known.flatMap(it -> JudgeCost.cents(line, it));
      var says = "cents for 1,000 products, " + line.name();
      if (known.isEmpty() || cents.isEmpty()) {
        others.add(
            Other.without(
                9,
                says + ": the requests are others than were counted, or have no price",
                Verdict.NOT_MEASURED,
                "bin/test CostTest"));
        continue;
      }
      var figures = new LinkedHashMap<String, Double>();
      figures.put("calls", (double) requests.size());
      figures.put("tokens in", (double) known.get().in());
      figures.put("tokens out", (double) known.get().out());
      figures.put("cents", cents.get());
      rows.add(new Row(line.name(), true, figures));
      bars.add(new Bar(9, says, cents.get(), Bar.Bound.AT_MOST, line.centsMax()));
    }
    var tables =
        rows.isEmpty()
            ? List.<Table>of()
            : List.of(
                new Table(
                    "judge-cost",
                    "What it costs to have 1,000 products judged",
                    "The very requests, by the price table; tokens as counted for requests of this"
                        + " digest (o200k; for Anthropic, whose tokenizer is not public,"
                        + " a third more).",
                    rows));
    return Report.of(tables, bars, others);
  }

  private static Report sums(Consumer<String> progress) {
    progress.accept("whether the parts of %,d scores sum to their values".formatted(PRODUCTS));
    var farthest = 0.0;
    for (var score : new ImaginedShop(PRODUCTS).rate()) {
      var sum = 0.0;
      for (var part : score.parts()) sum += part.nats();
      farthest = Math.max(farthest, Math.abs(sum - StrictMath.log(score.value())));
    }
    var says = "the farthest that the parts of %,d scores are from their total".formatted(PRODUCTS);
    return Report.of(
        List.of(), List.of(new Bar(12, says, farthest, Bar.Bound.AT_MOST, SUM_MAX)), List.of());
  }

  private static Report times(Consumer<String> progress) {
    progress.accept("%,d products rated, explained and chosen".formatted(PRODUCTS));
    var speed = new Speed(PRODUCTS, ROUNDS);
    var all = speed.times().getLast().p99();
    progress.accept("how long a text takes to read, and what all of it takes of memory");
    var command = "bin/bench score";
    return Report.of(
        List.of(),
        List.of(),
        List.of(
            Other.measured(
                8,
                "%,d products rated, explained and chosen, p99".formatted(PRODUCTS),
                all,
                "ms",
                MILLISECONDS_MAX,
                command),
            Other.measured(8, "a name is read", speed.readingName(), "µs", READING_MAX, command),
            Other.measured(
                8, "a hashtag is read", speed.readingHashtag(), "µs", READING_MAX, command),
            Other.measured(
                8,
                "memory of what %,d names mean".formatted(PRODUCTS),
                speed.meaningMegabytes(),
                "MB",
                HEAP_MAX,
                command),
            Other.measured(
                8,
                "memory of what a rating of them knows and gives",
                speed.knownMegabytes(),
                "MB",
                HEAP_MAX,
                command),
            Other.measured(
                8,
                "the word table in the artefact, unpacked",
                Speed.tableMegabytes(),
                "MB",
                ARTEFACT_MAX,
                "")));
  }

  // What takes test code, faults, a kill, another machine or a start of the shop.
  private static Report elsewhere() {
    return Report.of(
        List.of(),
        List.of(),
        List.of(
            Other.without(
                1,
                "rho ≥ 0.805, P@20 ≥ 0.638, ideal share ≥ 0.912: set on a whole year, of which"
                    + " eight months ship",
                Verdict.NOT_MEASURED,
                "bin/backtest --data DIR"),
            Other.without(
                4,
                "Brier ≤ 0.179, AUC ≥ 0.795: set on the same year",
                Verdict.NOT_MEASURED,
                "bin/backtest --data DIR"),
            Other.without(
                5,
                "hashtag series: AUC, P@20, ECE; none may be shipped",
                Verdict.NOT_MEASURED,
                "bin/backtest --data DIR"),
            proved(7, "whichever compiler, and 1 or 8 processors", "bin/test DeterminismTest"),
            proved(7, "fifty stored shelves decided again", "bin/test JudgedShelfTest"),
            Other.without(
                7,
                "the same on JDK 17: cannot be, the code is of Java 25",
                Verdict.NOT_MEASURED,
                ""),
            proved(
                9, "a storm never passes the cap, with a kill in between", "bin/test LedgerTest"),
            proved(10, "shelves on time, whatever the provider does", "bin/test JudgedShelfTest"),
            proved(11, "injection: none from far, few from near", "bin/test InjectionTest"),
            proved(12, "first shelf within 5 s of a start", "bin/bench start"),
            proved(
                13, "requests equal those of the providers' clients", "bin/test WireOracleTest")));
  }

  private static Other proved(int number, String says, String command) {
    return Other.without(number, says, Verdict.BY_ITS_OWN_COMMAND, command);
  }

  private static Report only(Other it) {
    return Report.of(List.of(), List.of(), List.of(it));
  }

  /** A figure on record. */
  static Optional<String> recorded(String key) {
    if (!Files.isReadable(RECORD)) return Optional.empty();
    var record = new Properties();
    try (var in = Files.newBufferedReader(RECORD, UTF_8)) {
      record.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(RECORD + " cannot be read", unreadable);
    }
    return Optional.ofNullable(record.getProperty(key));
  }
}
