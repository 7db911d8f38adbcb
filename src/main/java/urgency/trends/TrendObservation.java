package urgency.trends;

import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What one source said about one trend at one moment. No personal data: no handles, no avatars.
 *
 * @param key the name folded for comparing: NFKC, lower case, without '#', spaces and underscores
 * @param asOf the UTC day on which the source's own data ends
 * @param posts posts in the window
 * @param views views in the window
 * @param curve last days of popularity, 0 to 100 of the trend's own maximum, oldest first
 */
public record TrendObservation(
    String source,
    Kind kind,
    String externalId,
    String key,
    String displayName,
    String region,
    int windowDays,
    Instant observedAt,
    LocalDate asOf,
    OptionalInt rank,
    long posts,
    long views,
    List<Point> curve,
    List<String> industries) {
  public TrendObservation {
    curve = List.copyOf(curve);
    industries = List.copyOf(industries);
  }

  /** Folds a name for comparing; see {@link #key}. Idempotent. */
  public static String fold(String name) {
    var lower = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    var plain = Normalizer.normalize(lower, Normalizer.Form.NFKC);
    var folded = new StringBuilder(plain.length());
    for (var i = 0; i < plain.length(); i++) {
      var letter = plain.charAt(i);
      if (letter != '#' && letter != '_' && !Character.isWhitespace(letter)) folded.append(letter);
    }
    return folded.toString();
  }

  /** What the trend is a name of. */
  public enum Kind {
    HASHTAG,
    VIDEO,
    PRODUCT,
    CATEGORY,
    KEYWORD,
    SOUND
  }

  /** One day of a popularity curve. */
  public record Point(LocalDate day, double value) {}
}
