package urgency.claims;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.platform.sql.Database;

/**
 * What was claimed on one day, to read and to take away with a proof for each line. A day of any
 * length is read in pieces of {@value DayTree#PIECE} lines: one is in memory at a time.
 */
@Singleton
public final class DayRecord {
  private static final int EXPORTS_MAX = 4;

  private static final String PIECE =
      """
      select id, product_id, line
        from claims.entry
       where day = :day and id > :after and id <= :upTo
       order by id
       limit :max
      """;

  private static final String LATEST =
      "select line from claims.entry where day = :day order by id desc limit :max";

  // Whoever writes shares this lock until the commit, so no line can come later with a lower id.
  private static final String QUIET = "select pg_advisory_xact_lock(hashtext('claims.seal'))";

  private static final String NEWEST =
      "select coalesce(max(id), 0) from claims.entry where day = :day";

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

  /** Lines of a day, up to {@link DayTree#PIECE} of them, after one id and up to another. */
  record Piece(LocalDate day, long after, long upTo) {
    List<Line> read(Handle tx) {
      return tx.createQuery(PIECE)
          .bind("day", day)
          .bind("after", after)
          .bind("upTo", upTo)
          .bind("max", DayTree.PIECE)
          .map(
              (row, _) ->
                  new Line(
                      row.getLong("id"),
                      Optional.ofNullable(row.getObject("product_id", UUID.class)),
                      row.getString("line")))
          .list();
    }
  }

  record Line(long id, Optional<UUID> product, String text) {}

  private final Database database;
  private final DaySeals seals;
  private final Semaphore turns = new Semaphore(EXPORTS_MAX);

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

  /** Whether an export would get a turn now; ask again later otherwise. */
  public boolean hasTurn() {
    return turns.availablePermits() > 0;
  }

  /**
   * Writes a day as JSON lines with proofs; of a day that is not over, as far as it has come. Reads
   * it twice, for the root and for the lines, and holds no connection while it writes.
   *
   * @param only lines about this product; the proofs are those of the whole day
   * @throws IOException when the sink fails, or when there are too many exports already
   */
  public void export(LocalDate day, Optional<ProductId> only, Sink sink) throws IOException {
    if (!turns.tryAcquire()) throw new IOException("too many days are exported already");
    try {
      var seal = database.read(tx -> seals.of(tx, day));
      var upTo = database.write(tx -> newest(tx, day));
      var tree = tree(day, upTo, piece -> database.read(piece::read));
      sink.line(Lines.write(header(day, seal, tree)));
      lines(day, upTo, tree, only, sink);
    } finally {
      turns.release();
    }
  }

  /** The tree of a day up to the line with this id. */
  static DayTree tree(LocalDate day, long upTo, Function<Piece, List<Line>> read) {
    var tree = new DayTree();
    var lines = read.apply(new Piece(day, 0, upTo));
    while (!lines.isEmpty()) {
      tree.add(merkle(lines));
      if (lines.size() < DayTree.PIECE) break;
      lines = read.apply(new Piece(day, lines.getLast().id(), upTo));
    }
    return tree;
  }

  private void lines(LocalDate day, long upTo, DayTree tree, Optional<ProductId> only, Sink sink)
      throws IOException {
    var proofs = tree.proofs();
    var after = 0L;
    for (var at = 0L; at < tree.size(); at += DayTree.PIECE) {
      var piece = new Piece(day, after, upTo);
      var lines = database.read(piece::read);
      var branch = merkle(lines);
      var number = Math.toIntExact(at / DayTree.PIECE);
      if (!proofs.has(number, branch)) {
        throw new IOException("the record of " + day + " moved while it was read");
      }
      for (var i = 0; i < lines.size(); i++) {
        var line = lines.get(i);
        if (only.isPresent() && !line.product().equals(only.map(ProductId::value))) continue;
        var proof = proofs.of(number, branch, i).stream().map(HEX::formatHex).toList();
        sink.line(Lines.write(new Proven(at + i, Lines.known(line.text()), proof)));
      }
      after = lines.getLast().id();
    }
  }

  private static Header header(LocalDate day, Optional<DaySeals.Seal> seal, DayTree tree) {
    return new Header(
        "urgency-shelf claims 1",
        day.toString(),
        seal.isPresent(),
        tree.size(),
        HEX.formatHex(tree.root()),
        seal.map(DaySeals.Seal::previousHex).orElse(""),
        seal.map(DaySeals.Seal::headHex).orElse(""));
  }

  private static Merkle merkle(List<Line> lines) {
    return Merkle.over(lines.stream().map(it -> Merkle.leaf(it.text())).toList());
  }

  private static long newest(Handle tx, LocalDate day) {
    tx.execute(QUIET);
    return tx.createQuery(NEWEST).bind("day", day).mapTo(Long.class).one();
  }
}
