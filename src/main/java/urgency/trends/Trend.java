package urgency.trends;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Something the world watches now, with its evidence.
 *
 * @param key see {@link TrendObservation#key}
 * @param growthPercent change of the popularity curve over its last day, in percent; 0 when unknown
 * @param freshness 1 while younger than 30 hours, then halving every 2.8 days, 0 after 14 days
 * @param demo whether it was replayed from the recorded series, so that pages can say "demo data"
 */
public record Trend(
    String key,
    String displayName,
    String region,
    Stage stage,
    List<TrendObservation.Point> curve,
    long posts,
    long views,
    int growthPercent,
    String source,
    LocalDate asOf,
    Instant observedAt,
    double freshness,
    boolean demo) {
  public Trend {
    curve = List.copyOf(curve);
  }

  /** Its name as a sentence has it: a hashtag has no spaces, anything else stands in quotes. */
  public String label() {
    return displayName.contains(" ") ? '“' + displayName + '”' : '#' + displayName;
  }

  /** Where on its curve a trend is; the share still listed 48 h later falls from .72 to .19. */
  public enum Stage {
    NEW,
    RISING,
    PEAKED,
    MID,
    FADING,
    DORMANT
  }
}
