package urgency.words;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import urgency.platform.language.Language;

/**
 * The sentences of all languages, from {@code messages/en.properties} and its siblings. That each
 * has every sentence, with the same places and the plural forms of its language, is checked by
 * {@code TextsTest}; see docs/adr/0041.
 */
@Singleton
public final class Texts {
  private final Map<Language, Wording> wordings = new EnumMap<>(Language.class);

  public Texts() {
    for (var language : Language.values()) {
      wordings.put(language, new Wording(language, messages(language)));
    }
  }

  /** Everything said in one language. */
  public Wording in(Language language) {
    var wording = wordings.get(language);
    if (wording == null) throw new IllegalStateException("not read: " + language);
    return wording;
  }

  /** The lines of a language's file as they stand there; the disguise is made from English. */
  static Map<String, String> lines(Language language) {
    var disguised = language == Language.DISGUISE;
    var name = "/messages/" + (disguised ? Language.ENGLISH : language).tag() + ".properties";
    var file = new Properties();
    try (var in = Texts.class.getResourceAsStream(name)) {
      if (in == null) throw new IllegalStateException("no such file: " + name);
      file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException trouble) {
      throw new UncheckedIOException("cannot read " + name, trouble);
    }
    var lines = new TreeMap<String, String>();
    for (var key : file.stringPropertyNames()) {
      var line = file.getProperty(key);
      lines.put(key, disguised && isSaid(key) ? Disguise.of(line) : line);
    }
    return lines;
  }

  // Patterns of dates and what only carries a value are no English.
  private static boolean isSaid(String key) {
    return !key.startsWith("pattern_") && !key.equals("verbatim");
  }

  private static Map<String, Map<Plural, Message>> messages(Language language) {
    var all = new HashMap<String, Map<Plural, Message>>();
    lines(language)
        .forEach(
            (name, line) -> {
              var dot = name.indexOf('.');
              var key = dot < 0 ? name : name.substring(0, dot);
              var plural =
                  dot < 0
                      ? Plural.OTHER
                      : Plural.valueOf(name.substring(dot + 1).toUpperCase(java.util.Locale.ROOT));
              all.computeIfAbsent(key, _ -> new EnumMap<>(Plural.class))
                  .put(plural, Message.parse(line));
            });
    return all;
  }
}
