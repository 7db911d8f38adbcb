package urgency.trends.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import urgency.trends.TrendObservation;
import urgency.trends.wire.Fields.WrongType;

/**
 * Turns the rows of an answer into observations, or tells how they differ from what was agreed on.
 * A few incomplete rows are passed over; anything else that is odd condemns the batch, because an
 * interface that changed in one place is not to be trusted in the others.
 */
public final class Rows {
  private static final int ROWS_MAX = 500;

  /** Reads one row; empty when it lacks a field. */
  @FunctionalInterface
  public interface Reader {
    Optional<TrendObservation> read(JsonNode row) throws WrongType;
  }

  private Rows() {}

  /** All rows through one reader. */
  public static Read read(JsonNode items, Reader reader) {
    return read(items, ROWS_MAX, reader);
  }

  /** Same for a list that may be longer. */
  public static Read read(JsonNode items, int rowsMax, Reader reader) {
    if (items.size() > rowsMax) return Read.drift("more than %d rows".formatted(rowsMax));
    var rows = new ArrayList<TrendObservation>();
    var ids = new HashSet<String>();
    var incomplete = 0;
    try {
      for (var item : items) {
        if (!item.isObject()) throw new WrongType("row", item);
        var row = reader.read(item);
        if (row.isEmpty()) {
          incomplete++;
        } else if (ids.add(row.get().externalId())) {
          rows.add(row.get());
        } else {
          return Read.drift("id %s twice".formatted(row.get().externalId()));
        }
      }
    } catch (WrongType changed) {
      return Read.drift(String.valueOf(changed.getMessage()));
    }
    return Read.of(rows, incomplete, items.size());
  }
}
