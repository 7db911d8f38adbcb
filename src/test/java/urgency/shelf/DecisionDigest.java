package urgency.shelf;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import urgency.platform.sql.StoredRecord;

/**
 * Rates and decides fifty shelves of a shop from a seed, once alone and by so many threads at once
 * as the argument says, and prints the digests: what {@link DeterminismTest} runs in other
 * machines.
 */
final class DecisionDigest {
  private static final int PRODUCTS = 80;
  private static final int WINDOWS = 50;

  private DecisionDigest() {}

  public static void main(String[] args) throws InterruptedException, ExecutionException {
    var threads = Integer.parseInt(args[0]);
    IO.println(digest());
    var tasks = new ArrayList<Callable<String>>();
    for (var i = 0; i < threads; i++) tasks.add(DecisionDigest::digest);
    try (var pool = Executors.newCachedThreadPool()) {
      for (var it : pool.invokeAll(tasks)) IO.println(it.get());
    }
  }

  /** Covers every bit of every score and of every decision. */
  static String digest() {
    return StoredRecord.digest(new BigShop(PRODUCTS).windows(WINDOWS));
  }
}
