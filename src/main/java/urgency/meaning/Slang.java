package urgency.meaning;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hashtags whose words do not say which goods are meant: nicknames, acronyms, brands that stand for
 * a kind of thing. Each stands beside the plain words that a shop would use. What is not in it
 * means what its words mean.
 */
final class Slang {
  private static final String RESOURCE = "/meaning/slang.txt";

  private static final Map<String, List<String>> PLAIN = read();

  private Slang() {}

  /** The plain words for a hashtag in lower case without its sign, the most telling last. */
  static Optional<List<String>> plain(String tag) {
    return Optional.ofNullable(PLAIN.get(tag));
  }

  private static Map<String, List<String>> read() {
    try (var resource = Slang.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) throw new IllegalStateException("missing from the build: " + RESOURCE);
      var plain = new HashMap<String, List<String>>();
      try (var lines = new BufferedReader(new InputStreamReader(resource, UTF_8))) {
        for (var line : (Iterable<String>) lines.lines()::iterator) {
          if (line.isBlank() || line.startsWith("#")) continue;
          var bar = line.indexOf('|');
          if (bar < 1) throw new IllegalStateException(RESOURCE + ": no bar in: " + line);
          plain.put(line.substring(0, bar), Words.of(line.substring(bar + 1)));
        }
      }
      return Map.copyOf(plain);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", unreadable);
    }
  }
}
