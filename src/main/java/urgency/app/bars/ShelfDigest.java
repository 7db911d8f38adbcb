package urgency.app.bars;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import urgency.platform.sql.StoredRecord;

/** Fifty shelves of a shop from a seed as one digest, by as many threads at once as one likes. */
public final class ShelfDigest {
  public static final int WINDOWS = 50;
  private static final int PRODUCTS = 80;

  private ShelfDigest() {}

  /** Covers every bit of every score and of every decision. */
  public static String digest() {
    return StoredRecord.digest(new ImaginedShop(PRODUCTS).windows(WINDOWS));
  }

  /** Once alone, then by so many threads at once. */
  public static List<String> digests(int threads) {
    var digests = new ArrayList<String>();
    digests.add(digest());
    var tasks = new ArrayList<Callable<String>>();
    for (var i = 0; i < threads; i++) tasks.add(ShelfDigest::digest);
    try (var pool = Executors.newCachedThreadPool()) {
      for (var it : pool.invokeAll(tasks)) digests.add(it.get());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(closing);
    } catch (ExecutionException broken) {
      throw new IllegalStateException(broken);
    }
    return digests;
  }
}
