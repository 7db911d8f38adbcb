package urgency.payments.practice.wire;

import java.time.Instant;
import org.jdbi.v3.core.statement.Query;

/**
 * Which stretch of a list is wanted.
 *
 * @param from of the earliest creation, itself included
 * @param until of the latest, itself excluded
 * @param after continues behind this id; empty for the beginning
 * @param before goes back from this id; empty to go forward
 */
public record Page(Instant from, Instant until, String after, String before, int max) {
  /** For the table whose name takes the place of {@code %1$s}. */
  public static final String CLAUSE =
      """
         and created >= :from
         and created < :until
         and number < coalesce((select number from %1$s where id = :after), 9223372036854775807)
         and number > coalesce((select number from %1$s where id = :before), 0)
       order by number
      """;

  private static final int MAX = 100;
  private static final int MAX_BY_DEFAULT = 10;
  private static final int ID_MAX = 255;
  private static final long SECOND_MAX = 99_999_999_999L;

  /** As it stands in the query of a list. */
  public static Page read(Params query) {
    var max = Math.toIntExact(query.number("limit", 1, MAX).orElse((long) MAX_BY_DEFAULT));
    var from = 0L;
    var until = SECOND_MAX;
    if (query.isObject("created")) {
      var range = query.object("created");
      from = Math.max(from, second(range, "gte", 0, from));
      from = Math.max(from, second(range, "gt", 1, from));
      until = Math.min(until, second(range, "lt", 0, until));
      until = Math.min(until, second(range, "lte", 1, until));
    } else if (query.has("created")) {
      from = query.requiredNumber("created", 0, SECOND_MAX);
      until = from + 1;
    }
    var page =
        new Page(
            Instant.ofEpochSecond(from),
            Instant.ofEpochSecond(until),
            query.text("starting_after", ID_MAX),
            query.text("ending_before", ID_MAX),
            max);
    if (!page.after().isEmpty() && !page.before().isEmpty()) {
      throw Refusal.invalid(
          "ending_before", "You can only use one of `ending_before` and `starting_after`.");
    }
    return page;
  }

  /** Whether the list is read from the given id to newer ones. */
  public boolean backwards() {
    return !before.isEmpty();
  }

  /** With one more than asked for, which tells that there are more. */
  public Query bind(Query query) {
    return query
        .bind("from", from.atOffset(java.time.ZoneOffset.UTC))
        .bind("until", until.atOffset(java.time.ZoneOffset.UTC))
        .bind("after", after)
        .bind("before", before)
        .bind("max", max + 1);
  }

  /** The end of a statement that lists a table page by page. */
  public String clause(String table) {
    return CLAUSE.formatted(table) + (backwards() ? " asc" : " desc") + " limit :max";
  }

  private static long second(Params range, String name, long more, long otherwise) {
    return range.number(name, 0, SECOND_MAX).map(it -> it + more).orElse(otherwise);
  }
}
