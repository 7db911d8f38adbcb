package urgency.shelf;

import urgency.app.bars.ShelfDigest;

/**
 * Prints the digests of fifty shelves, decided once alone and by so many threads at once as the
 * argument says: what {@link DeterminismTest} runs in other machines.
 */
final class DecisionDigest {
  private DecisionDigest() {}

  public static void main(String[] args) {
    ShelfDigest.digests(Integer.parseInt(args[0])).forEach(IO::println);
  }
}
