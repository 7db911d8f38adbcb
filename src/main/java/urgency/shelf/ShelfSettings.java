package urgency.shelf;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import urgency.platform.settings.Settings;

/**
 * How large a shelf is, how often it changes, and what may become cheaper.
 *
 * @param lead how long before its opening an edition is published; at most half of {@code refresh}
 * @param diversity whole percent of its value that a twin of something on the shelf loses
 * @param exploreSlots places given by chance to products of which little is known
 * @param marginFloor whole percent above cost below which nothing is sold
 * @param rotationPenalty whole percent of its value that a product loses for having been shown last
 * @param dropUnits units from which a product is enough for a Daily Drop
 * @param ranking what the shelf is ranked by; empty in decisions from before there was a choice
 * @param restShelves shelves for which a product rests after one that had it; empty in decisions
 *     from before there was such a rest
 */
public record ShelfSettings(
    int slots,
    Duration refresh,
    Duration lead,
    int perCategory,
    int perTrend,
    int diversity,
    int exploreSlots,
    int flashSlots,
    Duration flashCooling,
    int marginFloor,
    int rotationPenalty,
    int dropUnits,
    int perOrder,
    // Left out where they are empty, so that older decisions keep their digests.
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Mode> ranking,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> restShelves) {
  public ShelfSettings {
    var half = refresh.dividedBy(2);
    if (lead.compareTo(half) > 0) lead = half;
  }

  /** What a shelf is ranked by. */
  public enum Mode {
    /** By what the shop expects to earn, in money. */
    VALUE("value"),
    /** By {@link Decision.Weighed}, a score of 0 to 100. */
    WEIGHTED("score");

    private final String measure;

    Mode(String measure) {
      this.measure = measure;
    }

    /** For people: continues "by its". */
    public String measure() {
      return measure;
    }

    private static Mode named(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static List<String> words() {
      return Stream.of(values()).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
    }
  }

  /** What the shelf is ranked by. */
  public Mode mode() {
    return ranking.orElse(Mode.VALUE);
  }

  /** Shelves for which a product rests; 0 when it does not. */
  public int rest() {
    return restShelves.orElse(0);
  }

  public static ShelfSettings read(Settings in) {
    return new ShelfSettings(
        in.number("shelf.slots", 24, 1, 100, "Products on a shelf."),
        in.duration(
            "shelf.refresh",
            Duration.ofHours(4),
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            "How long a shelf stays; refreshes fall on multiples of it since 1970, in UTC."),
        in.duration(
            "shelf.lead",
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            "How long before its opening a shelf is decided; at most half of shelf.refresh."),
        in.number(
            "shelf.per-category", 4, 1, 100, "Products of one category, unless few are left."),
        in.number("shelf.per-trend", 3, 1, 100, "Products of one trend, unless few are left."),
        in.number(
            "shelf.diversity-percent",
            20,
            0,
            100,
            "Percent of its value that a twin of something on the shelf loses."),
        in.number(
            "shelf.explore-slots",
            1,
            0,
            10,
            "Places given by chance to products of which little is known, to learn."),
        in.number(
            "shelf.flash-slots",
            10,
            0,
            100,
            "Most products of a shelf with a flash price; a third of those that may lawfully have"
                + " one."),
        in.duration(
            "shelf.flash-cooling",
            Duration.ofDays(30),
            Duration.ofDays(1),
            Duration.ofDays(365),
            "How long after a flash price a product gets no other that is not strictly lower."),
        in.number(
            "shelf.margin-floor", 5, 0, 500, "Percent above cost below which nothing is sold."),
        in.number(
            "shelf.rotation-penalty",
            25,
            0,
            100,
            "Percent of its value that a product loses for having been on the last shelf."),
        in.number("shelf.drop-units", 5, 1, 1_000_000, "Units that make a product a Daily Drop."),
        in.number("shelf.per-order", 5, 1, 1_000, "Most units of a variant in one order."),
        Optional.of(
            Mode.named(
                in.choice(
                    "shelf.mode",
                    "value",
                    Mode.words(),
                    "What ranks the shelf: expected earnings, or 0.70 of their percentile + 0.20"
                        + " virality + 0.10 urgency."))),
        Optional.of(
            in.number(
                "shelf.rest-shelves",
                0,
                0,
                100,
                "Shelves that a product is kept off after one that had it, unless few are left; 0"
                    + " for none.")));
  }
}
