package urgency.app.bars;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import urgency.meaning.Meaning;
import urgency.scoring.Explanation;

/**
 * How long it takes to rate, explain and choose among many products and to read what a text means,
 * and how much memory what is known takes. One thread; the first rounds only warm up; counted is
 * the time that it had a core, so that other programs on the machine do not count.
 */
public final class Speed {
  private static final int WARM = 10;
  private static final double TAIL = 0.99;
  private static final String WORD_TABLE = "/meaning/meanings.bin";

  private final ImaginedShop shop;
  private final int products;
  private final int rounds;

  /** Nanoseconds, sorted. */
  @SuppressWarnings("ArrayRecordComponent") // Times are carried, and no record is compared.
  public record Times(String what, long[] nanos) {
    double p50() {
      return nanos[nanos.length / 2] / 1e6;
    }

    /** In milliseconds. */
    double p99() {
      return nanos[Math.min(nanos.length - 1, (int) Math.ceil(nanos.length * TAIL) - 1)] / 1e6;
    }

    double worst() {
      return nanos[nanos.length - 1] / 1e6;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "  %-10s p50 %7.1f   p99 %7.1f   worst %7.1f", what, p50(), p99(), worst());
    }
  }

  public Speed(int products, int rounds) {
    this.shop = new ImaginedShop(products);
    this.products = products;
    this.rounds = rounds;
  }

  /** Rated, explained, chosen, and all three. */
  public List<Times> times() {
    var rating = new long[rounds];
    var explaining = new long[rounds];
    var choosing = new long[rounds];
    var all = new long[rounds];
    var bars = 0L;
    for (var round = -WARM; round < rounds; round++) {
      var began = cpu();
      var scores = shop.rate();
      var rated = cpu();
      var run = shop.run();
      for (var i = 0; i < scores.size(); i++) {
        var known = run.candidates().get(i);
        bars += Explanation.of(scores.get(i), known, run, ImaginedShop.NOON).bars().size();
      }
      var explained = cpu();
      bars += shop.decide(scores).choices().size();
      var chosen = cpu();
      if (round < 0) continue;
      rating[round] = rated - began;
      explaining[round] = explained - rated;
      choosing[round] = chosen - explained;
      all[round] = chosen - began;
    }
    if (bars == 0) throw new IllegalStateException("nothing was explained");
    return List.of(
        times("rated", rating),
        times("explained", explaining),
        times("chosen", choosing),
        times("all three", all));
  }

  private static Times times(String what, long[] nanos) {
    Arrays.sort(nanos);
    return new Times(what, nanos);
  }

  /** Microseconds to read a name, warm. */
  public double readingName() {
    return reading(names(), Meaning::ofText);
  }

  /** Microseconds to read a hashtag, warm. */
  public double readingHashtag() {
    return reading(
        names().stream().map(it -> it.replaceAll("[^a-z]", "")).toList(), Meaning::ofHashtag);
  }

  /** Megabytes that the meanings of all names take. */
  public double meaningMegabytes() {
    var names = names();
    var before = used();
    var kept = new ArrayList<Meaning>(names.size());
    for (var it : names) kept.add(Meaning.ofText(it));
    var after = used();
    if (kept.size() != products) throw new IllegalStateException("lost " + kept.size());
    return (after - before) / 1e6;
  }

  /** Megabytes that all take which a rating knows and gives. */
  public double knownMegabytes() {
    var before = used();
    var more = new ImaginedShop(products);
    var scores = more.rate();
    var after = used();
    if (scores.size() != more.run().candidates().size()) throw new IllegalStateException();
    return (after - before) / 1e6;
  }

  /** Megabytes of the word table, by far the largest part of the layer in the artefact. */
  public static double tableMegabytes() {
    try (var table = Meaning.class.getResourceAsStream(WORD_TABLE)) {
      if (table == null) throw new IllegalStateException("missing from the build: " + WORD_TABLE);
      return table.transferTo(OutputStream.nullOutputStream()) / 1e6;
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  private List<String> names() {
    return shop.run().candidates().stream().map(it -> it.product().name()).toList();
  }

  private double reading(List<String> texts, Function<String, Meaning> read) {
    var first = read.apply(texts.getFirst());
    var nanos = new long[rounds];
    var near = 0.0;
    for (var round = -WARM; round < rounds; round++) {
      var began = cpu();
      for (var it : texts) near += read.apply(it).inMeaning(first);
      if (round >= 0) nanos[round] = (cpu() - began) / texts.size();
    }
    if (near == 0) throw new IllegalStateException("nothing was read");
    Arrays.sort(nanos);
    return nanos[rounds / 2] / 1e3;
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
