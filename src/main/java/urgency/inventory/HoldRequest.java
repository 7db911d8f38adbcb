package urgency.inventory;

import java.util.HashSet;
import java.util.List;
import urgency.catalog.VariantId;

/** A wish to set units aside: all lines or none. */
public record HoldRequest(HoldId id, List<Line> lines) {
  public HoldRequest {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) throw new IllegalArgumentException("hold without lines: " + id);
    var seen = new HashSet<VariantId>();
    for (var line : lines) {
      if (!seen.add(line.variant())) {
        throw new IllegalArgumentException("variant twice in a hold: " + line.variant());
      }
    }
  }

  /** Units of one variant; a variant occurs once in a request. */
  public record Line(VariantId variant, int units) {
    public Line {
      if (units <= 0) throw new IllegalArgumentException("units not positive: " + units);
    }
  }
}
