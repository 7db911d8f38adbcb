package urgency.trends.wire;

import java.util.List;
import urgency.trends.TrendObservation;

/**
 * What the rows of an answer say.
 *
 * @param drift why they are not to be believed; empty when they are
 */
public record Read(List<TrendObservation> rows, String drift) {
  /** Of five rows, one may lack a field. */
  private static final int INCOMPLETE_PER_ROWS = 5;

  public Read {
    rows = List.copyOf(rows);
  }

  /** Rows that were understood, unless too many were not or their ids were damaged. */
  public static Read of(List<TrendObservation> rows, int incomplete, int all) {
    if (incomplete * INCOMPLETE_PER_ROWS > all) {
      return drift("%d of %d rows incomplete".formatted(incomplete, all));
    }
    if (Fields.rounded(rows)) return drift("ids rounded on their way, as by JavaScript");
    return new Read(rows, "");
  }

  /** Nothing to be believed. */
  public static Read drift(String why) {
    return new Read(List.of(), why);
  }
}
