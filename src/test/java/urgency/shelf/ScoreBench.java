package urgency.shelf;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import urgency.meaning.Meaning;
import urgency.scoring.Explanation;

/**
 * How long it takes to rate, explain and choose among 10,000 products, to read what a text means,
 * and how much memory what is known takes, for {@code bin/bench score}: {@code ScoreBench [PRODUCTS
 * [ROUNDS]]}. One thread; the first rounds only warm up.
 */
final class ScoreBench {
  private static final int PRODUCTS = 10_000;
  private static final int ROUNDS = 40;
  private static final int WARM = 10;

  private ScoreBench() {}

  public static void main(String[] args) {
    var products = args.length > 0 ? Integer.parseInt(args[0]) : PRODUCTS;
    var rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    var shop = new BigShop(products);
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
        bars +=
            Explanation.of(scores.get(i), run.candidates().get(i), run, BigShop.NOON).bars().size();
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
    IO.println(
        "%,d products, %d rounds after %d to warm up, CPU milliseconds"
            .formatted(products, rounds, WARM));
    say("rated", rating);
    say("explained", explaining);
    say("chosen", choosing);
    say("all three", all);
    if (bars == 0) throw new IllegalStateException("nothing was explained");
    sayReading(shop, rounds);
  }

  private static void sayReading(BigShop shop, int rounds) {
    var names = new ArrayList<String>();
    var tags = new ArrayList<String>();
    for (var it : shop.run().candidates()) {
      names.add(it.product().name());
      tags.add(it.product().name().replaceAll("[^a-z]", ""));
    }
    var before = used();
    var kept = new ArrayList<Meaning>(names.size());
    for (var it : names) kept.add(Meaning.ofText(it));
    var meanings = used() - before;
    IO.println(
        "  what %,d names mean takes %.1f MB, what a rating of them knows and gives %.1f MB"
            .formatted(kept.size(), meanings / 1e6, known(shop) / 1e6));
    sayReading("name", names, Meaning::ofText, rounds);
    sayReading("hashtag", tags, Meaning::ofHashtag, rounds);
  }

  private static void sayReading(
      String what, List<String> texts, Function<String, Meaning> read, int rounds) {
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
    IO.println("  a %s is read in %.1f µs, warm".formatted(what, nanos[rounds / 2] / 1e3));
  }

  private static long known(BigShop shop) {
    var with = used();
    var more = new BigShop(shop.run().candidates().size());
    var scores = more.rate();
    var all = used() - with;
    if (scores.size() != more.run().candidates().size()) throw new IllegalStateException();
    return all;
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Time this thread had a core, so that other programs on the machine do not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void say(String what, long[] nanos) {
    Arrays.sort(nanos);
    IO.println(
        String.format(
            Locale.ROOT,
            "  %-10s p50 %7.1f   p99 %7.1f   worst %7.1f",
            what,
            nanos[nanos.length / 2] / 1e6,
            nanos[Math.min(nanos.length - 1, (int) Math.ceil(nanos.length * 0.99) - 1)] / 1e6,
            nanos[nanos.length - 1] / 1e6));
  }
}
