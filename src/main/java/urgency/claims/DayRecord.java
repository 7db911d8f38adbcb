package urgency.claims;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.platform.sql.Database;

/** What was claimed on one day, to read and to take away with a proof for each line. */
@Singleton
public final class DayRecord {
  /** More lines of one day are not exported at once; ask for one product then. */
  static final int LINES_MAX = 200_000;

  private static final int FETCH = 1_000;

  private static final String LINES =
      "select id, product_id, line from claims.entry where day = :day order by id limit :max";

  private static final String LATEST =
      "select line from claims.entry where day = :day order by id desc limit :max";

  private static final HexFormat HEX = HexFormat.of();

  /** The first line of an export: what all others prove to. */
  record Header(
      String format,
      String day,
      boolean sealed,
      long entries,
      String root,
      String previous,
      String head) {}

  /** A line of an export; its hash is that of {@code entry} as compact JSON. */
  record Proven(long index, JsonNode entry, List<String> proof) {}

  /** Where an export goes, line by line. */
  @FunctionalInterface
  public interface Sink {
    void line(String text) throws IOException;
  }

  private final Database database;
  private final DaySeals seals;
  // A tree of a whole day is built for each export: one at a time is enough.
  private final Semaphore turns = new Semaphore(1);

  DayRecord(Database database, DaySeals seals) {
    this.database = database;
    this.seals = seals;
  }

  /** The newest lines of a day, newest first. */
  public List<JsonNode> latest(Handle tx, LocalDate day, int max) {
    return tx
        .createQuery(LATEST)
        .bind("day", day)
        .bind("max", max)
        .mapTo(String.class)
        .list()
        .stream()
        .map(Lines::known)
        .toList();
  }

  public long count(Handle tx, LocalDate day) {
    return tx.createQuery("select count(*) from claims.entry where day = :day")
        .bind("day", day)
        .mapTo(Long.class)
        .one();
  }

  /**
   * Writes a day as JSON lines with proofs; of a day that is not over, as far as it has come.
   *
   * @param only lines about this product; the proofs are those of the whole day
   * @return whether it was this export's turn; ask again later otherwise
   */
  public boolean export(LocalDate day, Optional<ProductId> only, Sink sink) throws IOException {
    if (!turns.tryAcquire()) return false;
    try {
      var seal = database.read(tx -> seals.of(tx, day));
      var lines = database.read(tx -> lines(tx, day));
      var tree = Merkle.over(lines.stream().map(it -> Merkle.leaf(it.text())).toList());
      var root = HEX.formatHex(tree.root());
      sink.line(
          Lines.write(
              new Header(
                  "urgency-shelf claims 1",
                  day.toString(),
                  seal.isPresent(),
                  tree.size(),
                  root,
                  seal.map(DaySeals.Seal::previousHex).orElse(""),
                  seal.map(DaySeals.Seal::headHex).orElse(""))));
      for (var i = 0; i < lines.size(); i++) {
        var line = lines.get(i);
        if (only.isPresent() && !line.product().equals(only.map(ProductId::value))) continue;
        var proof = tree.proof(i).stream().map(HEX::formatHex).toList();
        sink.line(Lines.write(new Proven(i, Lines.known(line.text()), proof)));
      }
      return true;
    } finally {
      turns.release();
    }
  }

  static List<byte[]> leaves(Handle tx, LocalDate day) {
    var leaves = new ArrayList<byte[]>();
    query(tx, day).forEach(it -> leaves.add(Merkle.leaf(it.text())));
    return leaves;
  }

  private record Line(Optional<UUID> product, String text) {}

  private static List<Line> lines(Handle tx, LocalDate day) {
    return query(tx, day).list();
  }

  private static org.jdbi.v3.core.result.ResultIterable<Line> query(Handle tx, LocalDate day) {
    return tx.createQuery(LINES)
        .setFetchSize(FETCH)
        .bind("day", day)
        .bind("max", LINES_MAX)
        .map(
            (row, _) ->
                new Line(
                    Optional.ofNullable(row.getObject("product_id", UUID.class)),
                    row.getString("line")));
  }
}
