package urgency.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static urgency.claims.Sound.CLOSES;
import static urgency.claims.Sound.NOW;
import static urgency.claims.Sound.units;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.ProductId;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** The public record of claims: written before they are shown, sealed by day, proven offline. */
class ClaimBookTest {
  private static final ProductId LAMP = new ProductId(new UUID(0, 1));
  private static final ProductId MUG = new ProductId(new UUID(0, 2));
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");
  private static final Instant NEXT_DAY = Instant.parse("2026-11-25T00:10:00Z");

  private final Database database = TestDatabase.fresh();
  private final ClaimBook book = new ClaimBook(database);
  private final DaySeals seals = new DaySeals(database);
  private final DayRecord record = new DayRecord(database, seals);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_statement_that_stays_the_same_is_written_once() {
    book.state("shelf", List.of(left(LAMP, 4)), NOW);
    book.state("shelf", List.of(left(LAMP, 4)), NOW.plusSeconds(1));

    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst())
        .contains("\"product\":\"" + LAMP.value() + "\"", "\"kind\":\"UnitsLeft\"")
        .contains("\"says\":{\"units\":4}", "\"because\":{\"stocked\":50,\"sold\":46,\"left\":4");
  }

  @Test
  void a_changed_number_and_an_end_are_lines_of_their_own() {
    book.state("shelf", List.of(left(LAMP, 4), left(MUG, 2)), NOW);
    book.state("shelf", List.of(left(LAMP, 3)), NOW.plusSeconds(1));

    assertThat(lines()).hasSize(4);
    assertThat(lines().get(2)).contains(MUG.value().toString(), "\"ended\":true");
    assertThat(lines().get(3)).contains("\"says\":{\"units\":3}", "\"ended\":false");
  }

  @Test
  void places_of_the_shop_do_not_end_each_others_statements() {
    book.state("shelf", List.of(left(LAMP, 4)), NOW);
    book.state("live", List.of(left(MUG, 2)), NOW);

    assertThat(lines()).hasSize(2);
    assertThat(book.standing()).hasSize(2);
  }

  @Test
  void rule_15_the_record_only_grows() {
    book.state("shelf", List.of(left(LAMP, 4)), NOW);

    for (var sql : List.of("update claims.entry set line = 'x'", "delete from claims.entry")) {
      assertThatThrownBy(() -> database.change(tx -> tx.execute(sql)))
          .hasMessageContaining("only grows");
    }
  }

  @Test
  void rule_1_the_end_that_was_shown_first_is_remembered_for_all_nodes() {
    var first = database.write(tx -> book.firstShown(tx, "edition 812", CLOSES));
    var moved = database.write(tx -> book.firstShown(tx, "edition 812", CLOSES.plusSeconds(60)));

    assertThat(first).isEqualTo(CLOSES);
    assertThat(moved).isEqualTo(CLOSES);
  }

  @Test
  void a_day_is_sealed_once_it_is_over_and_takes_no_more_lines() {
    book.state("shelf", List.of(left(LAMP, 4)), NOW);
    seals.seal(NOW.plus(Duration.ofHours(1)));
    assertThat(sealed()).as("before midnight").isEmpty();

    seals.seal(NEXT_DAY);
    seals.seal(NEXT_DAY);

    assertThat(sealed()).extracting(DaySeals.Seal::entries).containsExactly(1L);
    assertThatThrownBy(() -> book.state("shelf", List.of(left(LAMP, 3)), NOW))
        .hasMessageContaining("sealed");
  }

  @Test
  void each_day_is_chained_to_the_one_before() {
    book.state("shelf", List.of(left(LAMP, 4)), NOW);
    book.state("shelf", List.of(left(LAMP, 3)), NOW.plus(Duration.ofDays(2)));

    seals.seal(NEXT_DAY.plus(Duration.ofDays(2)));

    var days = sealed();
    assertThat(days).hasSize(2);
    assertThat(days.getFirst().previous()).isEqualTo(days.getLast().head());
    assertThat(days.getLast().previous()).isEqualTo(Merkle.BEGINNING);
  }

  @Test
  void an_exported_day_is_proven_offline() throws IOException {
    var file = exported(Optional.empty());

    assertThat(check(file, Optional.of(sealed().getFirst().rootHex())))
        .isInstanceOfSatisfying(
            ClaimFile.Outcome.Proven.class,
            it -> {
              assertThat(it.lines()).isEqualTo(7);
              assertThat(it.head()).isEqualTo(sealed().getFirst().headHex());
            });
  }

  @Test
  void one_product_is_exported_with_proofs_of_the_whole_day() throws IOException {
    var file = exported(Optional.of(MUG));

    assertThat(file).hasSize(2);
    assertThat(check(file, Optional.empty())).isInstanceOf(ClaimFile.Outcome.Proven.class);
  }

  @Test
  void a_day_that_is_not_over_can_be_taken_away_too() throws IOException {
    book.state("shelf", List.of(left(LAMP, 4)), NOW);
    var file = export(Optional.empty());

    assertThat(file.getFirst()).contains("\"sealed\":false");
    assertThat(check(file, Optional.empty())).isInstanceOf(ClaimFile.Outcome.Proven.class);
  }

  @Test
  void a_day_of_many_pieces_is_sealed_and_proven_whole() throws IOException {
    var count = 3 * DayTree.PIECE + 17;
    database.change(
        tx ->
            tx.execute(
                """
                insert into claims.entry (day, line)
                select ?, format('{"number":%s}', number) from generate_series(1, ?) number
                """,
                DAY, count));
    seals.seal(NEXT_DAY);

    var file = export(Optional.empty());

    var leaves = lines().stream().map(Merkle::leaf).toList();
    assertThat(leaves).hasSize(count);
    assertThat(sealed().getFirst().root()).isEqualTo(Merkle.over(leaves).root());
    assertThat(sealed().getFirst().entries()).isEqualTo(count);
    assertThat(check(file, Optional.of(sealed().getFirst().rootHex())))
        .isInstanceOfSatisfying(
            ClaimFile.Outcome.Proven.class, it -> assertThat(it.lines()).isEqualTo(count));
  }

  @Test
  void an_export_goes_on_while_its_day_grows() throws IOException {
    book.state("shelf", List.of(left(LAMP, 4)), NOW);
    var lines = new ArrayList<String>();

    record.export(
        DAY,
        Optional.empty(),
        line -> {
          book.state("shelf", List.of(left(LAMP, lines.size() + 1)), NOW);
          lines.add(line);
        });

    assertThat(check(lines, Optional.empty()))
        .isInstanceOfSatisfying(
            ClaimFile.Outcome.Proven.class, it -> assertThat(it.lines()).isEqualTo(1));
    assertThat(lines()).hasSize(3);
  }

  @Test
  void a_fifth_export_at_once_has_to_wait() throws IOException {
    var depth = new AtomicInteger();

    assertThatThrownBy(() -> nested(depth)).hasMessageContaining("too many");

    assertThat(depth).hasValue(4);
    assertThat(record.hasTurn()).isTrue();
  }

  private void nested(AtomicInteger depth) throws IOException {
    record.export(
        DAY,
        Optional.empty(),
        _ -> {
          depth.incrementAndGet();
          nested(depth);
        });
  }

  @Test
  void whatever_is_altered_is_found() throws IOException {
    var file = exported(Optional.empty());

    altered(file, 3, "\"units\":3", "\"units\":2");
    altered(file, 3, "\"ended\":false", "\"ended\":true");
    altered(file, 2, "\"node\":\"", "\"node\":\"x");
    altered(file, 2, "\"index\":1", "\"index\":5");
    altered(file, 0, "\"entries\":7", "\"entries\":8");
    altered(file, 0, "\"day\":\"2026-11-24\"", "\"day\":\"2026-11-23\"");
    var root = sealed().getFirst().rootHex();
    altered(file, 0, root, HexFormat.of().formatHex(Merkle.leaf("other")));
    assertThat(check(file.subList(1, 3), Optional.empty()))
        .isInstanceOf(ClaimFile.Outcome.Altered.class);
    assertThat(check(List.of("no json"), Optional.empty()))
        .isInstanceOf(ClaimFile.Outcome.Altered.class);
    assertThat(check(file, Optional.of("00".repeat(32))))
        .as("a file that proves itself but not what was published")
        .isInstanceOf(ClaimFile.Outcome.Altered.class);
  }

  @Test
  void a_line_told_twice_is_found() throws IOException {
    var file = new ArrayList<>(exported(Optional.empty()));
    file.add(2, file.get(1));

    assertThat(check(file, Optional.empty()))
        .isInstanceOfSatisfying(
            ClaimFile.Outcome.Altered.class, it -> assertThat(it.line()).isEqualTo(3));
  }

  private static void altered(List<String> file, int at, String from, String to)
      throws IOException {
    assertThat(file.get(at)).contains(from);
    var changed = new ArrayList<>(file);
    changed.set(at, file.get(at).replace(from, to));

    assertThat(check(changed, Optional.empty()))
        .as("line %d with %s", at + 1, to)
        .isInstanceOf(ClaimFile.Outcome.Altered.class);
  }

  // Seven lines: six of the lamp, one of the mug.
  private List<String> exported(Optional<ProductId> only) throws IOException {
    for (var left = 5; left >= 1; left--) {
      book.state("shelf", List.of(left(LAMP, left)), NOW.plusSeconds(10 - left));
    }
    book.state("shelf", List.of(left(LAMP, 1), left(MUG, 2)), NOW.plusSeconds(20));
    book.state("shelf", List.of(left(LAMP, 2), left(MUG, 2)), NOW.plusSeconds(21));
    seals.seal(NEXT_DAY);
    return export(only);
  }

  private List<String> export(Optional<ProductId> only) throws IOException {
    var lines = new ArrayList<String>();
    record.export(DAY, only, lines::add);
    return lines;
  }

  private static ClaimFile.Outcome check(List<String> file, Optional<String> root)
      throws IOException {
    return ClaimFile.check(new BufferedReader(new StringReader(String.join("\n", file))), root);
  }

  private List<DaySeals.Seal> sealed() {
    return database.read(tx -> seals.newest(tx, DAY.plusDays(30), 30));
  }

  private List<String> lines() {
    return database.read(
        tx ->
            tx.createQuery("select line from claims.entry order by id").mapTo(String.class).list());
  }

  private static Statement left(ProductId product, int units) {
    var verdict = Claims.check(new Cue.UnitsLeft(units), units(50, 50 - units, units), NOW);
    return Statement.of(812, product, verdict.accepted().orElseThrow());
  }
}
