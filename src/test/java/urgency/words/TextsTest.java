package urgency.words;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import urgency.platform.language.Language;

/** The languages against each other, and against everything that speaks. */
class TextsTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final Path PAGES = Path.of("src/main/resources/templates");
  private static final Path SCRIPTS = Path.of("src/main/web/js");
  private static final Pattern IN_PAGES = Pattern.compile("\\bt:([a-z_]+)(\\(?)");
  private static final Pattern IN_CODE =
      Pattern.compile("(?:Text\\.of|\\.plain)\\(\\s*\"([a-z_]+)\"");
  private static final Pattern IN_SCRIPTS =
      Pattern.compile("\\bword\\((?:[^()\"]*\\? )?\"([a-z_]+)\"(?: : \"([a-z_]+)\")?");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z_]+)\"");
  private static final Pattern PLACE = Pattern.compile("\\{[^}]*}");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  @ParameterizedTest
  @EnumSource(Language.class)
  void every_language_has_every_sentence_and_no_other(Language language) {
    assertThat(keys(language)).isEqualTo(keys(Language.ENGLISH));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void trouble_of_ours_does_not_tell_a_shopper_who_has_just_paid_that_nothing_was_charged(
      Language language) {
    assertThat(Texts.lines(language).get("trouble_ours"))
        .doesNotContain("charged", "abgebucht", "cobrado");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void a_counted_sentence_has_the_plural_forms_of_its_language(Language language) {
    var needed =
        Plural.needed(language).stream().map(it -> it.name().toLowerCase(java.util.Locale.ROOT));
    var forms = needed.collect(Collectors.toSet());
    var found = new TreeMap<String, Set<String>>();
    for (var name : Texts.lines(language).keySet()) {
      var parts = name.split("\\.", 2);
      if (parts.length == 2) {
        found.computeIfAbsent(parts[0], _ -> new HashSet<>()).add(parts[1]);
      }
    }

    assertThat(found).isNotEmpty();
    found.forEach((key, has) -> assertThat(has).as(language + " " + key).isEqualTo(forms));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void every_sentence_has_the_same_places_in_every_language(Language language) {
    var english = places(Language.ENGLISH);

    places(language).forEach((key, it) -> assertThat(it).as(key).isEqualTo(english.get(key)));
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void sentences_hold_only_the_markup_of_headlines_and_no_quote_that_ends_an_attribute(
      Language language) {
    Texts.lines(language)
        .forEach(
            (key, line) -> {
              var tags = TAG.matcher(line).results().map(it -> it.group()).toList();
              assertThat(tags).as(key).isSubsetOf("<em>", "</em>", "<span>", "</span>");
              assertThat(tags.stream().filter(it -> it.startsWith("</")).count() * 2)
                  .as(key)
                  .isEqualTo(tags.size());
              assertThat(TAG.matcher(line).replaceAll("")).as(key).doesNotContain("\"", "<", "&");
            });
  }

  @ParameterizedTest
  @EnumSource(value = Language.class, names = "ENGLISH", mode = EnumSource.Mode.EXCLUDE)
  void no_language_was_left_in_english(Language language) {
    var english = Texts.lines(Language.ENGLISH);
    var untranslated =
        Texts.lines(language).entrySet().stream()
            .filter(it -> words(it.getValue()) > 2)
            .filter(it -> !it.getKey().startsWith("pattern_"))
            .filter(it -> it.getValue().equals(english.get(it.getKey())))
            .map(Map.Entry::getKey)
            .toList();

    assertThat(untranslated).isEmpty();
  }

  @Test
  void pages_and_code_say_only_what_is_in_the_files() {
    var known = keys(Language.ENGLISH);

    assertThat(known).containsAll(found(PAGES, ".html", IN_PAGES, TemplateWords.FUNCTIONS));
    assertThat(known).containsAll(found(MAIN, ".java", IN_CODE, Set.of()));
  }

  @Test
  void nothing_is_in_the_files_that_nobody_says() {
    var said = new TreeSet<String>(Island.KEYS);
    said.addAll(found(PAGES, ".html", IN_PAGES, Set.of()));
    said.addAll(found(MAIN, ".java", LITERAL, Set.of()));
    var unused = new TreeSet<>(keys(Language.ENGLISH));
    unused.removeAll(said);

    assertThat(unused).isEmpty();
  }

  @Test
  void scripts_say_exactly_what_the_page_gives_them() {
    var said = new TreeSet<>(found(SCRIPTS, ".js", IN_SCRIPTS, Set.of()));
    said.addAll(List.of("minutes", "seconds"));

    assertThat(said).containsExactlyElementsOf(new TreeSet<>(Island.KEYS));
  }

  @Test
  void no_script_and_no_page_has_words_of_its_own() {
    var scripts = Pattern.compile("[\"'`][A-Z][a-z]+ [a-z]+[^\"'`]*[\"'`]|textContent = [\"'`]\\w");
    var pages = Pattern.compile("(?:>|aria-label=\")(?!Urgency Shelf|UTC)[^<>{}\"]*[A-Za-z]{3,}");
    var broken = new ArrayList<String>();
    files(SCRIPTS, ".js")
        .forEach(
            (path, text) -> {
              var code = text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
              scripts.matcher(code).results().forEach(it -> broken.add(path + ": " + it.group()));
            });
    files(PAGES, ".html").entrySet().stream()
        .filter(
            it ->
                Stream.of("admin", "cashdesk", "till")
                    .noneMatch(its -> it.getKey().startsWith(PAGES.resolve(its))))
        .forEach(
            it -> {
              var html = it.getValue().replaceAll("(?s)\\{[^{}]*}", "");
              pages
                  .matcher(html)
                  .results()
                  .forEach(m -> broken.add(it.getKey() + ": " + m.group()));
            });

    assertThat(broken).isEmpty();
  }

  @Test
  void every_sentence_of_the_island_reaches_the_page_in_all_its_forms() {
    var island = Island.of(new Texts().in(Language.SPANISH));

    assertThat(island).contains("\"only_left\":{\"one\":\"Solo queda {0}\"", "\"many\":");
    assertThat(island).doesNotContain("<");
  }

  private static Set<String> keys(Language language) {
    return Texts.lines(language).keySet().stream()
        .map(it -> it.split("\\.", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Set<String>> places(Language language) {
    var all = new TreeMap<String, Set<String>>();
    Texts.lines(language)
        .forEach(
            (name, line) -> {
              var found = PLACE.matcher(line).results().map(it -> it.group()).toList();
              all.computeIfAbsent(name.split("\\.", 2)[0], _ -> new TreeSet<>()).addAll(found);
            });
    return all;
  }

  private static long words(String line) {
    var bare = PLACE.matcher(TAG.matcher(line).replaceAll("")).replaceAll("");
    return Arrays.stream(bare.split("[^\\p{L}]+")).filter(it -> it.length() > 1).count();
  }

  private static Set<String> found(Path root, String ending, Pattern pattern, Set<String> except) {
    var all = new TreeSet<String>();
    for (var text : files(root, ending).values()) {
      pattern
          .matcher(text)
          .results()
          .forEach(
              it -> {
                for (var group = 1; group <= it.groupCount(); group++) {
                  var name = it.group(group);
                  if (name != null && name.length() > 1 && !except.contains(name)) all.add(name);
                }
              });
    }
    return all;
  }

  private static Map<Path, String> files(Path root, String ending) {
    try (var walk = Files.walk(root)) {
      return walk.filter(it -> it.toString().endsWith(ending))
          .collect(toMap(it -> it, TextsTest::read));
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
