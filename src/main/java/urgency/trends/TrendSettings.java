package urgency.trends;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import urgency.platform.settings.Settings;

/**
 * Where trends come from and how often they are asked for.
 *
 * @param regions countries to ask about, ISO 3166-1 alpha-2
 * @param rhythms how often each source is asked, and what that may cost
 */
public record TrendSettings(
    List<String> regions,
    int windowDays,
    Rhythms rhythms,
    CreativeCenter creativeCenter,
    OfficialSettings official,
    VendorSettings vendor,
    PushSettings push,
    PushSettings.OEmbed oembed) {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int REGIONS_MAX = 27;
  private static final int NUMBERS_MAX = 20;

  public TrendSettings {
    regions = List.copyOf(regions);
  }

  /**
   * The anonymous JSON behind TikTok's Creative Center: public, undocumented, off unless asked for.
   *
   * @param industries numbers of the industries to ask about, besides the question without one
   * @param videos whether trending videos are asked for too
   * @param videoLabels numbers of the content labels to ask about
   */
  public record CreativeCenter(
      boolean enabled,
      URI baseUrl,
      String userAgent,
      List<Integer> industries,
      boolean videos,
      List<Integer> videoLabels,
      Duration interval,
      Duration connectMax,
      Duration readMax) {
    public CreativeCenter {
      industries = List.copyOf(industries);
      videoLabels = List.copyOf(videoLabels);
    }

    /** How fast to ask and how long to wait. */
    public Pace pace() {
      return new Pace(interval, connectMax, readMax);
    }
  }

  /**
   * How fast to ask and how long to wait.
   *
   * @param interval pause between two requests of one sweep
   */
  public record Pace(Duration interval, Duration connectMax, Duration readMax) {}

  /**
   * How often one source is asked, and what that may cost.
   *
   * @param cadence time between two questions, give or take a tenth
   * @param requestsPerDayMax requests in one UTC day, retries included
   */
  public record Rhythm(Duration cadence, int requestsPerDayMax) {}

  /**
   * The rhythm of each source: its own where it has one, else the one for all.
   *
   * @param own by id of the source
   */
  public record Rhythms(Rhythm byDefault, Map<String, Rhythm> own) {
    private static final String CADENCE = "trends.cadence";
    private static final String REQUESTS = "trends.requests-per-day";

    // What is not outside of the shop costs no requests and is not asked by settings.
    private static final List<String> OUTSIDE =
        List.of("business", "creative-center", "creative-center-videos", "tiktok-shop", "vendor");

    /** Asks about one video at a time, when there is one: it has no cadence. */
    private static final String EMBEDS = "oembed";

    public Rhythms {
      own = Map.copyOf(own);
    }

    public Rhythm of(String source) {
      return own.getOrDefault(source, byDefault);
    }

    static Rhythms read(Settings in) {
      var byDefault =
          new Rhythm(
              cadence(
                  in,
                  CADENCE,
                  Duration.ofHours(6),
                  "How often each trend source is asked, give or take a tenth."),
              requests(
                  in,
                  REQUESTS,
                  500,
                  "Most requests to one trend source in a UTC day, retries included."));
      var own = new HashMap<String, Rhythm>();
      for (var source : OUTSIDE) {
        var cadence =
            cadence(
                in,
                "trends." + source + ".cadence",
                byDefault.cadence(),
                "How often %s is asked; as %s when it is not set.".formatted(source, CADENCE));
        own.put(source, new Rhythm(cadence, requestsOf(in, source, byDefault)));
      }
      own.put(EMBEDS, new Rhythm(byDefault.cadence(), requestsOf(in, EMBEDS, byDefault)));
      return new Rhythms(byDefault, own);
    }

    private static int requestsOf(Settings in, String source, Rhythm byDefault) {
      return requests(
          in,
          "trends." + source + ".requests-per-day",
          byDefault.requestsPerDayMax(),
          "Most requests to %s in a UTC day; as %s when it is not set."
              .formatted(source, REQUESTS));
    }

    private static Duration cadence(Settings in, String key, Duration byDefault, String meaning) {
      return in.duration(key, byDefault, Duration.ofMinutes(5), Duration.ofDays(7), meaning);
    }

    private static int requests(Settings in, String key, int byDefault, String meaning) {
      return in.number(key, byDefault, 1, 10_000, meaning);
    }
  }

  public static TrendSettings read(Settings in) {
    return new TrendSettings(
        regions(in),
        Integer.parseInt(
            in.choice(
                "trends.window",
                "7",
                List.of("7", "30", "90"),
                "Days that a trend's curve spans.")),
        Rhythms.read(in),
        creativeCenter(in),
        OfficialSettings.read(in),
        VendorSettings.read(in),
        PushSettings.read(in),
        PushSettings.oembed(in));
  }

  private static CreativeCenter creativeCenter(Settings in) {
    var enabled =
        in.flag(
            "trends.creative-center.enabled",
            false,
            "Ask TikTok's Creative Center for trending hashtags.");
    var accepted =
        in.flag(
            "trends.creative-center.accept-undocumented",
            false,
            "You know that this interface is public but undocumented, and answer for its use.");
    if (enabled && !accepted) {
      in.refuse(
          "trends.creative-center.enabled: this interface is public but undocumented, and TikTok's"
              + " terms do not offer it; set trends.creative-center.accept-undocumented=true too"
              + " if you answer for using it");
    }
    return new CreativeCenter(
        enabled,
        in.address(
            "trends.creative-center.base-url", "https://ads.tiktok.com", "Where it is reached."),
        in.text(
            "trends.creative-center.user-agent",
            "UrgencyShelf/1",
            "How the shop introduces itself there."),
        industries(in),
        in.flag(
            "trends.creative-center.videos",
            false,
            "Ask for trending videos too; on only where Creative Center is."),
        numbers(
            in,
            "trends.creative-center.video-labels",
            "11002,11003,11007,11009,11010,11013,11015",
            "Kinds of videos: 11002 beauty, 11003 fashion, 11007 sports, 11009 family, 11010 food,"
                + " 11013 lifestyle, 11015 technology.",
            "[1-9][0-9]{4}"),
        in.duration(
            "trends.creative-center.interval",
            Duration.ofMillis(1500),
            Duration.ofMillis(1),
            Duration.ofMinutes(1),
            "Pause between two requests."),
        in.duration(
            "trends.creative-center.connect-timeout",
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMinutes(1),
            "Longest wait for a connection."),
        in.duration(
            "trends.creative-center.read-timeout",
            Duration.ofSeconds(15),
            Duration.ofMillis(10),
            Duration.ofMinutes(2),
            "Longest wait for a whole answer."));
  }

  /** Whether that is a country, or {@code ZZ} for the world. */
  static boolean isRegion(String code) {
    return COUNTRIES.contains(code) || code.equals("ZZ");
  }

  private static List<String> regions(Settings in) {
    var regions = new ArrayList<String>();
    for (var word : words(in.text("trends.regions", "US", "Countries, as in US,GB,DE."))) {
      var region = word.toUpperCase(Locale.ROOT);
      if (!COUNTRIES.contains(region)) {
        in.refuse("trends.regions: '%s' is not a country of ISO 3166-1".formatted(word));
      } else if (!regions.contains(region)) {
        regions.add(region);
      }
    }
    if (regions.isEmpty() || regions.size() > REGIONS_MAX) {
      in.refuse("trends.regions: name 1 to %d countries".formatted(REGIONS_MAX));
    }
    return regions;
  }

  private static List<Integer> industries(Settings in) {
    return numbers(
        in,
        "trends.creative-center.industries",
        "12,14,15,18,19,21,22,27,28,29",
        "Industries to ask about: 12 baby, 14 beauty, 15 tech, 18 household, 19 pets, 21 home"
            + " improvement, 22 fashion, 27 food, 28 sports, 29 health.",
        "[1-9][0-9]?");
  }

  private static List<Integer> numbers(
      Settings in, String key, String byDefault, String meaning, String form) {
    var numbers = new ArrayList<Integer>();
    for (var word : words(in.text(key, byDefault, meaning))) {
      if (!word.matches(form)) {
        in.refuse("%s: '%s' is not a number".formatted(key, word));
      } else if (!numbers.contains(Integer.parseInt(word))) {
        numbers.add(Integer.parseInt(word));
      }
    }
    if (numbers.size() > NUMBERS_MAX) {
      in.refuse("%s: at most %d".formatted(key, NUMBERS_MAX));
    }
    return numbers;
  }

  static List<String> words(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .toList();
  }
}
