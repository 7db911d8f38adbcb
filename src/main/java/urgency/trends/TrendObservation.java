package urgency.trends;

import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one source said about one trend at one moment. No personal data: no handles, no avatars.
 *
 * @param key the name folded for comparing: NFKC, lower case, without '#', spaces and underscores
 * @param asOf the UTC day on which the source's own data ends
 * @param posts posts in the window
 * @param views views in the window
 * @param curve last days of popularity, 0 to 100 of the trend's own maximum, oldest first; empty
 *     for a video or a product of which only the sum is known
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
    List<String> industries,
    Detail detail) {
  private static final Set<String> PERSONAL =
      Set.of(
          "bio",
          "biography",
          "email",
          "fans",
          "followedcnt",
          "handle",
          "handlename",
          "handlername",
          "owner",
          "ownerid",
          "ownername",
          "phone",
          "secuid",
          "signature",
          "uniqueid",
          "user",
          "userid",
          "userinfo",
          "username");

  private static final List<String> PERSONAL_BEGIN =
      List.of(
          "author",
          "avatar",
          "creator",
          "follower",
          "itemauthor",
          "nickname",
          "profile",
          "topcreator");

  public TrendObservation {
    curve = List.copyOf(curve);
    industries = List.copyOf(industries);
  }

  public TrendObservation(
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
    this(
        source,
        kind,
        externalId,
        key,
        displayName,
        region,
        windowDays,
        observedAt,
        asOf,
        rank,
        posts,
        views,
        curve,
        industries,
        Detail.NONE);
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

  /**
   * Whether a field of that name is about a person: who made a thing, not the thing. However it is
   * written, {@code author_name} or {@code authorMeta.name}.
   */
  public static boolean isPersonal(String field) {
    var plain = field.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    return PERSONAL.contains(plain) || PERSONAL_BEGIN.stream().anyMatch(plain::startsWith);
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

  /**
   * What only some sources know.
   *
   * @param rankChange places gained since the day before; below zero when lost
   * @param postsLifetime posts since the beginning, worldwide
   * @param viewsLifetime views since the beginning, worldwide
   * @param unitsSold of a product, since the beginning
   * @param daily absolute counts of the days of the curve, views or units sold; empty when only
   *     their shape is known
   * @param categories as the source names them
   * @param link where a person can look at it
   */
  public record Detail(
      OptionalInt rankChange,
      OptionalLong postsLifetime,
      OptionalLong viewsLifetime,
      OptionalLong unitsSold,
      List<Long> daily,
      Optional<Price> price,
      Optional<Reception> reception,
      List<String> categories,
      Optional<String> link) {
    /** Nothing more is known. */
    public static final Detail NONE =
        new Detail(
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    public Detail {
      daily = List.copyOf(daily);
      categories = List.copyOf(categories);
    }

    /** Only the absolute counts of the days. */
    public static Detail ofDaily(List<Long> daily) {
      return new Detail(
          NONE.rankChange,
          NONE.postsLifetime,
          NONE.viewsLifetime,
          NONE.unitsSold,
          daily,
          NONE.price,
          NONE.reception,
          NONE.categories,
          NONE.link);
    }
  }

  /** What a product costs elsewhere, from its cheapest to its dearest variant, in minor units. */
  public record Price(long minMinor, long maxMinor, String currency) {}

  /**
   * How a video was received.
   *
   * @param engagementRate likes, comments and shares per view, 0 to 1
   * @param sixSecondRate share of views that lasted six seconds, 0 to 1
   */
  public record Reception(Instant createdAt, double engagementRate, double sixSecondRate) {}

  /** One day of a popularity curve. */
  public record Point(LocalDate day, double value) {}
}
