package urgency;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The style guide, checked. Each rule answers with the places that break it. */
class TidyTest {
  private static final int JAVA_LINES_MAX = 400;
  private static final int COLUMNS_MAX = 100;
  private static final int FEATURE_FILES_MAX = 20;
  private static final int ELEMENT_LINES_MAX = 80;
  private static final Path MAIN = Path.of("src/main/java/urgency");
  private static final Path TESTS = Path.of("src/test/java/urgency");
  private static final Path WEB = Path.of("src/main/web");

  private static final Pattern SETS = Pattern.compile("(--[\\w-]+)(?:\\s*:|[\"'],)");
  private static final Pattern USES = Pattern.compile("var\\((--[\\w-]+)\\)");

  /** A word that must not appear in code, and what to do instead. */
  private record Banned(String word, String instead, Predicate<Path> where) {}

  // Put together from halves, so that this file does not break its own rule.
  private static final List<Banned> BANNED =
      List.of(
          new Banned("TO" + "DO", "do it or file it", _ -> true),
          new Banned("FIX" + "ME", "do it or file it", _ -> true),
          new Banned("System" + ".out", "log, or return it", TidyTest::isMain),
          new Banned("print" + "StackTrace", "log it once", _ -> true),
          new Banned("Thread" + ".sleep", "wait for a condition", TidyTest::sleepsWithoutReason),
          new Banned("@" + "Disabled", "mend the test or remove it", _ -> true),
          new Banned("import static org." + "mockito", "write the fake by hand", _ -> true),
          new Banned("new Random" + "()", "seed it, or use a secure one", _ -> true));

  @Test
  void java_files_are_short_and_narrow() {
    var broken = new ArrayList<String>();
    java()
        .forEach(
            (path, text) -> {
              var lines = text.lines().toList();
              if (lines.size() > JAVA_LINES_MAX) broken.add(path + ": " + lines.size() + " lines");
              for (var i = 0; i < lines.size(); i++) {
                var line = lines.get(i);
                var place = path + ":" + (i + 1);
                if (line.length() > COLUMNS_MAX && !line.contains("http")) {
                  broken.add(place + ": " + line.length() + " columns");
                }
                if (line.contains("\t")) broken.add(place + ": tab");
              }
            });

    assertThat(broken).isEmpty();
  }

  @Test
  void banned_words_have_their_replacement() {
    var broken = new ArrayList<String>();
    java()
        .forEach(
            (path, text) ->
                BANNED.stream()
                    .filter(it -> it.where().test(path) && text.contains(it.word()))
                    .forEach(it -> broken.add(path + ": " + it.word() + "; " + it.instead())));

    assertThat(broken).isEmpty();
  }

  @Test
  void every_package_says_what_it_is_and_where_to_start() {
    var broken = new ArrayList<String>();
    folders(MAIN)
        .filter(it -> !it.equals(MAIN) && hasJava(it))
        .forEach(
            folder -> {
              var info = folder.resolve("package-info.java");
              var text = Files.exists(info) ? read(info) : "";
              for (var part : List.of("@NullMarked", "Start at", "Tables:", "Facts:", "Never:")) {
                if (!text.contains(part)) broken.add(folder + ": no " + part);
              }
            });

    assertThat(broken).isEmpty();
  }

  @Test
  void a_feature_is_at_most_twenty_files() {
    var broken =
        folders(MAIN)
            .filter(it -> javaIn(it) > FEATURE_FILES_MAX + 1)
            .map(it -> it + ": " + javaIn(it) + " files")
            .toList();

    assertThat(broken).isEmpty();
  }

  @Test
  void sql_stays_in_the_schema_of_its_feature() {
    var names = Pattern.compile("(?i)\\b(?:from|into|update|join|table)\\s+([a-z]+)\\.[a-z_]+");
    var schemas =
        List.of(
            "platform",
            "catalog",
            "search",
            "trends",
            "inventory",
            "judging",
            "glossary",
            "scoring",
            "shelf",
            "orders",
            "outcomes",
            "refunds",
            "operators",
            "payments",
            "mail",
            "withdrawals",
            "practice",
            "claims",
            "live");
    var broken = new ArrayList<String>();
    java().entrySet().stream()
        .filter(it -> isMain(it.getKey()))
        .forEach(
            it -> {
              var home = MAIN.relativize(it.getKey());
              var mine = home.startsWith("payments/practice") ? "practice" : home.getName(0) + "";
              var matcher = names.matcher(it.getValue());
              while (matcher.find()) {
                var schema = matcher.group(1).toLowerCase(java.util.Locale.ROOT);
                if (schemas.contains(schema) && !schema.equals(mine)) {
                  broken.add(it.getKey() + ": " + matcher.group());
                }
              }
            });

    assertThat(broken).isEmpty();
  }

  @Test
  void sql_is_told_the_time() {
    var clock = Pattern.compile("(?i)(?<!\\.)\\b(now\\(\\)|current_timestamp|clock_timestamp)");
    var broken =
        java().entrySet().stream()
            .filter(it -> isMain(it.getKey()) && clock.matcher(it.getValue()).find())
            .map(it -> it.getKey().toString())
            .filter(it -> !it.endsWith("/DatabaseClock.java"))
            .toList();

    assertThat(broken).isEmpty();
  }

  @Test
  void style_sheets_keep_their_promises() {
    var broken = new ArrayList<String>();
    files(WEB, ".css")
        .forEach(
            (path, text) -> {
              var name = path.getFileName().toString();
              if (text.contains("!important")) broken.add(path + ": !important");
              if (!name.equals("tokens.css")
                  && Pattern.compile("#[0-9a-fA-F]{3,8}\\b").matcher(text).find()) {
                broken.add(path + ": raw colour outside tokens.css");
              }
              if (text.contains("@keyframes") && !name.equals("motion.css")) {
                broken.add(path + ": keyframes outside motion.css");
              }
              if (Pattern.compile("(?m)^#[a-z]").matcher(text).find()) broken.add(path + ": id");
            });
    var motion = WEB.resolve("css/motion.css");
    if (Files.exists(motion)) {
      var text = read(motion);
      var query = text.indexOf("prefers-reduced-motion: no-preference");
      if (text.contains("@keyframes") && (query < 0 || text.indexOf("@keyframes") < query)) {
        broken.add(motion + ": keyframes outside the motion query");
      }
    }

    assertThat(broken).isEmpty();
  }

  // What names one that nobody sets is dropped by the browser without a word.
  @Test
  void every_custom_property_that_is_used_is_set_somewhere() {
    var set = new HashSet<String>();
    var used = new TreeMap<String, Path>();
    for (var root : List.of(WEB, Path.of("src/main/resources/templates"), MAIN)) {
      for (var ending : List.of(".css", ".js", ".html", ".java")) {
        files(root, ending)
            .forEach(
                (path, text) -> {
                  SETS.matcher(text).results().forEach(it -> set.add(it.group(1)));
                  USES.matcher(text).results().forEach(it -> used.put(it.group(1), path));
                });
      }
    }
    used.keySet().removeAll(set);

    assertThat(used).isEmpty();
  }

  @Test
  void browser_modules_are_small() {
    var broken =
        files(WEB.resolve("js"), ".js").entrySet().stream()
            .filter(it -> it.getValue().lines().count() > ELEMENT_LINES_MAX)
            .map(it -> it.getKey() + ": " + it.getValue().lines().count() + " lines")
            .toList();

    assertThat(broken).isEmpty();
  }

  @Test
  void links_in_the_documentation_lead_somewhere() {
    var link = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    var broken = new ArrayList<String>();
    documents()
        .forEach(
            path -> {
              var matcher = link.matcher(read(path));
              while (matcher.find()) {
                var target = matcher.group(1);
                if (target.startsWith("http") || target.startsWith("mailto:")) continue;
                var base = path.toAbsolutePath().getParent();
                if (!Files.exists(base.resolve(target))) broken.add(path + ": " + target);
              }
            });

    assertThat(broken).isEmpty();
  }

  @Test
  void every_decision_is_in_the_index() {
    var index = read(Path.of("docs/adr/README.md"));
    var broken =
        files(Path.of("docs/adr"), ".md").keySet().stream()
            .map(it -> it.getFileName().toString())
            .filter(it -> !it.equals("README.md") && !index.contains(it))
            .toList();

    assertThat(broken).isEmpty();
  }

  @Test
  void the_readme_fits_on_two_screens() {
    assertThat(read(Path.of("README.md")).lines().count()).isLessThanOrEqualTo(80);
  }

  private static boolean isMain(Path path) {
    return path.startsWith(MAIN);
  }

  // One wait for a server process to come up, and the patience of tests, live in these files.
  private static boolean sleepsWithoutReason(Path path) {
    var name = path.getFileName().toString();
    return !List.of("EmbeddedPostgres.java", "Patience.java", "HoldRace.java").contains(name);
  }

  private static Map<Path, String> java() {
    var all = new TreeMap<>(files(MAIN, ".java"));
    all.putAll(files(TESTS, ".java"));
    return all;
  }

  private static Map<Path, String> files(Path root, String ending) {
    if (!Files.exists(root)) return Map.of();
    try (var walk = Files.walk(root)) {
      return walk.filter(it -> it.toString().endsWith(ending))
          .collect(toMap(it -> it, TidyTest::read));
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static Stream<Path> folders(Path root) {
    try (var walk = Files.walk(root)) {
      return walk.filter(Files::isDirectory).toList().stream();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static boolean hasJava(Path folder) {
    return javaIn(folder) > 0;
  }

  private static long javaIn(Path folder) {
    try (var list = Files.list(folder)) {
      return list.filter(it -> it.toString().endsWith(".java")).count();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static List<Path> documents() {
    try (var top = Files.list(Path.of("."));
        var docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(top, docs).filter(it -> it.toString().endsWith(".md")).toList();
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
