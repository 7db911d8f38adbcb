package urgency.shelf;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import urgency.platform.sql.StoredRecord;

/**
 * Rates and decides a shop from a seed, once alone and by eight threads at once, and prints the
 * digests: what {@link DeterminismTest} runs in other machines.
 */
final class DecisionDigest {
  private static final int PRODUCTS = 400;
  private static final int THREADS = 8;

  private DecisionDigest() {}

  public static void main(String[] args) throws InterruptedException, ExecutionException {
    IO.println(digest());
    var tasks = new ArrayList<Callable<String>>();
    for (var i = 0; i < THREADS; i++) tasks.add(DecisionDigest::digest);
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var it : threads.invokeAll(tasks)) IO.println(it.get());
    }
  }

  /** Covers every bit of every score and of the decision. */
  static String digest() {
    var shop = new BigShop(PRODUCTS);
    var scores = shop.rate();
    return StoredRecord.digest(scores, shop.decide(scores));
  }
}
