package urgency.trends.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.trends.Ingest;
import urgency.trends.SourceHealths;
import urgency.trends.SourceHealths.Refusal;
import urgency.trends.Sources;
import urgency.trends.Trend;
import urgency.trends.TrendSettings;
import urgency.trends.Trends;

class WatchedFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String CSV =
      """
      source,region,asOf,kind,name,views,daily
      shop-window,US,2026-11-23,hashtag,#LipOil,1200000,100 400 900
      ,,,product,Bento box,,
      """;

  @TempDir Path folder;

  private final Database database = TestDatabase.fresh();
  private final TrendSettings settings =
      TrendSettings.read(Settings.read(Map.of(), Optional.empty()));
  private final WatchedFolder watched =
      new WatchedFolder(
          new Deliveries(database, new Ingest(database, new Sources(List.of()), settings)),
          settings);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_table_becomes_trends_and_moves_to_done() throws IOException {
    put("list.csv", CSV);

    watched.look(folder, NOW);

    assertThat(folder.resolve("done/list.csv")).exists();
    assertThat(folder.resolve("list.csv")).doesNotExist();
    assertThat(current()).extracting(Trend::key).containsExactly("bentobox", "lipoil");
    assertThat(current().getLast().curve()).hasSize(3);
  }

  @Test
  void a_json_file_is_taken_as_over_http() throws IOException {
    put(
        "list.json",
        """
        {"source": "a", "region": "ZZ", "asOf": "2026-11-24",
         "observations": [{"name": "猫動画"}, {"name": "قطط"}]}
        """);

    watched.look(folder, NOW);

    assertThat(current()).extracting(Trend::key).containsExactlyInAnyOrder("猫動画", "قطط");
  }

  @Test
  void what_is_wrong_moves_to_refused_with_the_reasons_beside_it() throws IOException {
    put("list.csv", CSV.replace("1200000", "many").replace("Bento box", ""));

    watched.look(folder, NOW);

    assertThat(folder.resolve("refused/list.csv")).exists();
    assertThat(folder.resolve("refused/list.csv.why"))
        .content()
        .isEqualTo(
            """
            row 1, views: a whole number from 0, written with digits only
            row 2, name: is missing, or has no letters that can be shown
            """);
    assertThat(current()).isEmpty();
  }

  @Test
  void hostile_files_are_refused_one_by_one() throws IOException {
    put("a.csv", "");
    put("b.csv", "source;region\n\"");
    put("c.json", "[".repeat(50_000));
    Files.write(folder.resolve("d.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    Files.write(folder.resolve("e.json"), new byte[3 * 1024 * 1024]);
    for (var name : List.of("d.csv", "e.json")) settle(folder.resolve(name));
    put("f.csv", CSV);

    watched.look(folder, NOW);

    for (var name : List.of("a.csv", "b.csv", "c.json", "d.csv", "e.json")) {
      assertThat(folder.resolve("refused/" + name + ".why")).as(name).isNotEmptyFile();
    }
    assertThat(folder.resolve("done/f.csv")).exists();
    List<Refusal> refused = database.read(tx -> new SourceHealths(settings).refused(tx));
    assertThat(refused).hasSize(5).allMatch(it -> it.delivery().startsWith("file "));
  }

  @Test
  void a_file_in_trouble_does_not_keep_those_after_it_waiting() throws IOException {
    put("a.csv", "");
    Files.createDirectories(folder.resolve("refused/a.csv.why/not-a-file"));
    put("b.csv", CSV);

    watched.look(folder, NOW);

    assertThat(folder.resolve("done/b.csv")).exists();
  }

  @Test
  void a_file_that_still_grows_is_left_for_the_next_look() throws IOException {
    Files.writeString(folder.resolve("list.csv"), CSV);
    Files.setLastModifiedTime(folder.resolve("list.csv"), FileTime.from(NOW.minusMillis(500)));

    watched.look(folder, NOW);
    assertThat(folder.resolve("list.csv")).exists();

    watched.look(folder, NOW.plusSeconds(30));
    assertThat(folder.resolve("done/list.csv")).exists();
  }

  @Test
  void links_hidden_files_and_other_kinds_are_not_touched() throws IOException {
    put("notes.txt", "mine");
    put(".hidden.csv", CSV);
    Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("notes.txt"));

    watched.look(folder, NOW);

    assertThat(folder.resolve("notes.txt")).exists();
    assertThat(folder.resolve(".hidden.csv")).exists();
    assertThat(folder.resolve("link.csv")).isSymbolicLink();
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    settle(folder.resolve(name));
  }

  private static void settle(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(NOW.minusSeconds(60)));
  }

  private List<Trend> current() {
    return database.read(tx -> new Trends().current(tx, NOW));
  }
}
