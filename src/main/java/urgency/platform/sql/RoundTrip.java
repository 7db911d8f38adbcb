package urgency.platform.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Several statements of one transaction that travel to the server together.
 *
 * <p>On a busy machine a round trip costs more than most statements: the thread and the server each
 * wait for their turn on a processor. The statements run in the order in which they were added, and
 * each sees what was committed before it began, as if they had been sent one by one. Placeholders
 * are question marks.
 */
public final class RoundTrip {
  private static final int STATEMENTS_MAX = 16;

  /** Hears the rows of a question, one after another. */
  @FunctionalInterface
  public interface Hearer {
    void row(ResultSet row) throws SQLException;
  }

  /** The server refused one of the statements; {@link #state} says why. */
  public static final class Refused extends RuntimeException {
    Refused(SQLException cause) {
      super(cause);
    }

    /** The five characters of the standard. */
    public String state() {
      return getCause() instanceof SQLException cause ? String.valueOf(cause.getSQLState()) : "";
    }
  }

  /** A column of values for {@code unnest} and {@code any}; PostgreSQL's name of their type. */
  public record Column(String type, List<Object> values) {
    public Column {
      values = List.copyOf(values);
    }

    public static Column of(String type, Collection<?> values) {
      return new Column(type, List.copyOf(values));
    }
  }

  private sealed interface Part {
    String sql();

    List<Object> values();
  }

  private record Question(String sql, Hearer hearer, List<Object> values) implements Part {}

  private record Change(String sql, int rows, List<Object> values) implements Part {}

  private final Handle tx;
  private final List<Part> parts = new ArrayList<>();

  public RoundTrip(Handle tx) {
    this.tx = tx;
  }

  /** Adds a statement whose rows are heard when the trip is over. */
  public void ask(String sql, Hearer hearer, Object... values) {
    add(new Question(sql.strip(), hearer, List.of(values)));
  }

  /** Adds a statement that must change so many rows. */
  public void change(String sql, int rows, Object... values) {
    add(new Change(sql.strip(), rows, List.of(values)));
  }

  /** Sends what was added since the last time, and waits for all answers. */
  public void send() {
    if (parts.isEmpty()) return;
    var sql = new StringBuilder();
    for (var part : parts) sql.append(sql.isEmpty() ? "" : ";\n").append(part.sql());
    try (var statement = tx.getConnection().prepareStatement(sql.toString())) {
      bind(statement);
      statement.execute();
      for (var part : parts) {
        hear(statement, part);
        statement.getMoreResults();
      }
    } catch (SQLException refused) {
      throw new Refused(refused);
    }
    parts.clear();
  }

  private void add(Part part) {
    if (parts.size() == STATEMENTS_MAX) throw new IllegalStateException("too many statements");
    parts.add(part);
  }

  private void bind(PreparedStatement statement) throws SQLException {
    var place = 1;
    for (var part : parts) {
      for (var value : part.values()) {
        switch (value) {
          case Column(var type, var values) ->
              statement.setArray(place++, tx.getConnection().createArrayOf(type, values.toArray()));
          case Instant at -> statement.setObject(place++, at.atOffset(ZoneOffset.UTC));
          default -> statement.setObject(place++, value);
        }
      }
    }
  }

  private static void hear(PreparedStatement statement, Part part) throws SQLException {
    switch (part) {
      case Question(var _, var hearer, var _) -> {
        try (var rows = statement.getResultSet()) {
          while (rows.next()) hearer.row(rows);
        }
      }
      case Change(var sql, var rows, var _) -> {
        if (statement.getUpdateCount() != rows) {
          throw new IllegalStateException(
              "%d rows instead of %d: %s".formatted(statement.getUpdateCount(), rows, sql));
        }
      }
    }
  }
}
