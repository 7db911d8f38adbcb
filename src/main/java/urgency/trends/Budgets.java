package urgency.trends;

import java.time.Instant;
import java.time.ZoneOffset;
import urgency.platform.sql.Database;
import urgency.trends.TrendSource.Budget;

/** Requests that may be sent today, counted for all nodes together. */
public final class Budgets {
  private static final Archive ARCHIVE = new Archive();

  private Budgets() {}

  /** What is left to a source on the UTC day of that instant. */
  public static Budget of(Database database, String source, Instant now, int perDayMax) {
    var day = now.atZone(ZoneOffset.UTC).toLocalDate();
    return () -> database.write(tx -> ARCHIVE.spend(tx, source, day, perDayMax));
  }
}
