package urgency.shelf;

import urgency.app.bars.Speed;

/** Prints the {@link Speed} of rating, for {@code bin/bench score}: {@code [PRODUCTS [ROUNDS]]}. */
final class ScoreBench {
  private static final int PRODUCTS = 10_000;
  private static final int ROUNDS = 40;

  private ScoreBench() {}

  public static void main(String[] args) {
    var products = args.length > 0 ? Integer.parseInt(args[0]) : PRODUCTS;
    var rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    var speed = new Speed(products, rounds);
    IO.println("%,d products, %d rounds, CPU milliseconds".formatted(products, rounds));
    speed.times().forEach(IO::println);
    IO.println(
        "  what %,d names mean takes %.1f MB, what a rating of them knows and gives %.1f MB"
            .formatted(products, speed.meaningMegabytes(), speed.knownMegabytes()));
    IO.println("  a name is read in %.1f µs, warm".formatted(speed.readingName()));
    IO.println("  a hashtag is read in %.1f µs, warm".formatted(speed.readingHashtag()));
  }
}
