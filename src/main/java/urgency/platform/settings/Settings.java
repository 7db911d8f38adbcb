package urgency.platform.settings;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the operator has set, and what may be set at all.
 *
 * <p>Each feature asks for its keys once, with default and bounds; so this class also knows every
 * legal key. {@link #refuseWhatNobodyAskedFor} then turns a misspelt key into an error that names
 * the nearest legal one. All errors are collected, so that an operator mends a file in one go.
 */
public final class Settings {
  private static final String PREFIX = "URGENCY_";

  /** A legal key: how it is written, what it means, and what holds when nobody sets it. */
  public record Known(String key, String type, String byDefault, String meaning) {
    /** The name of the environment variable that sets this key. */
    public String variable() {
      return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
  }

  private record Given(String value, String origin) {}

  private final Map<String, Given> given;
  private final Map<String, Known> known = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();

  private Settings(Map<String, Given> given) {
    this.given = given;
  }

  /** Reads the environment over a properties file; variables win. A missing file is an error. */
  public static Settings read(Map<String, String> environment, Optional<Path> file) {
    var given = new TreeMap<String, Given>();
    var settings = new Settings(given);
    file.ifPresent(path -> settings.readFile(path, given));
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX) && !name.equals("URGENCY_SETTINGS")) {
            given.put(canonical(name.substring(PREFIX.length())), new Given(value, name));
          }
        });
    return settings;
  }

  /** Free text; empty means not set. */
  public String text(String key, String byDefault, String meaning) {
    return parse(key, "text", byDefault, meaning, Function.identity(), byDefault);
  }

  /** A secret: given by its variable only, so that no settings file with it is copied around. */
  public String secret(String key, String meaning) {
    var it = given.get(canonical(key));
    if (it != null && !it.origin().startsWith(PREFIX)) {
      var variable = new Known(key, "", "", "").variable();
      errors.add("%s: a secret does not belong there; set %s".formatted(it.origin(), variable));
    }
    return text(key, "", meaning).strip();
  }

  /** A whole number within bounds, both included. */
  public int number(String key, int byDefault, int min, int max, String meaning) {
    return parse(
        key,
        "number %d to %d".formatted(min, max),
        Integer.toString(byDefault),
        meaning,
        it -> {
          var number = Integer.parseInt(it.strip());
          if (number < min || number > max) throw new IllegalArgumentException("out of bounds");
          return number;
        },
        byDefault);
  }

  /** A yes or no. */
  public boolean flag(String key, boolean byDefault, String meaning) {
    return parse(
        key,
        "true or false",
        Boolean.toString(byDefault),
        meaning,
        it ->
            switch (it.strip().toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither true nor false");
            },
        byDefault);
  }

  /** A span of time such as {@code 250ms}, {@code 30s}, {@code 4h} or {@code 7d}, within bounds. */
  public Duration duration(
      String key, Duration byDefault, Duration min, Duration max, String meaning) {
    return parse(
        key,
        "duration %s to %s".formatted(shown(min), shown(max)),
        shown(byDefault),
        meaning,
        it -> {
          var span = span(it.strip());
          if (span.compareTo(min) < 0 || span.compareTo(max) > 0) {
            throw new IllegalArgumentException("out of bounds");
          }
          return span;
        },
        byDefault);
  }

  /** One of a few words. */
  public String choice(String key, String byDefault, List<String> words, String meaning) {
    return parse(
        key,
        "one of " + String.join(", ", words),
        byDefault,
        meaning,
        it -> {
          if (!words.contains(it.strip())) throw new IllegalArgumentException("not a choice");
          return it.strip();
        },
        byDefault);
  }

  /** An absolute http or https address without a trailing slash. */
  public URI address(String key, String byDefault, String meaning) {
    return parse(
        key, "http or https address", byDefault, meaning, Settings::uri, URI.create(byDefault));
  }

  /** Refuses settings that are each legal but cannot stand together; the sentence says why. */
  public void refuse(String sentence) {
    errors.add(sentence);
  }

  /** Every key that was asked for so far, in the order of asking. */
  public Collection<Known> known() {
    return List.copyOf(known.values());
  }

  /** What is wrong, one sentence each; call after every feature has read its keys. */
  public List<String> refuseWhatNobodyAskedFor() {
    var all = new ArrayList<>(errors);
    given.forEach(
        (key, it) -> {
          if (known.values().stream().noneMatch(known -> canonical(known.key()).equals(key))) {
            all.add(
                "%s: no such setting. Did you mean %s?".formatted(it.origin(), nearest(key, it)));
          }
        });
    return all;
  }

  private <T> T parse(
      String key,
      String type,
      String shownDefault,
      String meaning,
      Function<String, T> parser,
      T byDefault) {
    known.put(key, new Known(key, type, shownDefault, meaning));
    var it = given.get(canonical(key));
    if (it == null || it.value().isBlank()) return byDefault;
    try {
      return parser.apply(it.value());
    } catch (IllegalArgumentException | DateTimeParseException malformed) {
      errors.add(
          "%s: '%s' is not valid; expected %s (default %s)"
              .formatted(it.origin(), shortened(it.value()), type, shownDefault));
      return byDefault;
    }
  }

  private void readFile(Path path, Map<String, Given> into) {
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      errors.add("settings file %s cannot be read: %s".formatted(path, unreadable.getMessage()));
    }
    properties.forEach(
        (key, value) ->
            into.put(
                canonical(key.toString()),
                new Given(value.toString(), "%s in %s".formatted(key, path.getFileName()))));
  }

  private String nearest(String key, Given it) {
    var best = "";
    var bestDistance = Integer.MAX_VALUE;
    for (var candidate : known.values()) {
      var distance = Likeness.distance(key, canonical(candidate.key()));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = it.origin().startsWith(PREFIX) ? candidate.variable() : candidate.key();
      }
    }
    return best;
  }

  private static String canonical(String key) {
    return key.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String shortened(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "…";
  }

  private static Duration span(String text) {
    var unit = text.replaceAll("[0-9]", "");
    var amount = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> throw new IllegalArgumentException("unknown unit");
    };
  }

  private static String shown(Duration span) {
    var ms = span.toMillis();
    if (ms % 86_400_000 == 0 && ms > 0) return ms / 86_400_000 + "d";
    if (ms % 3_600_000 == 0 && ms > 0) return ms / 3_600_000 + "h";
    if (ms % 60_000 == 0 && ms > 0) return ms / 60_000 + "m";
    if (ms % 1_000 == 0) return ms / 1_000 + "s";
    return ms + "ms";
  }

  private static URI uri(String text) {
    try {
      var uri = new URI(text.strip().replaceAll("/+$", ""));
      var scheme = uri.getScheme();
      if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
        throw new IllegalArgumentException("not an absolute http address");
      }
      return uri;
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }
}
