package urgency.trends;

import com.fasterxml.jackson.core.JsonPointer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.platform.sql.Database;
import urgency.trends.OfficialSettings.Business;
import urgency.trends.OfficialSettings.Shop;
import urgency.trends.TrendSettings.CreativeCenter;
import urgency.trends.TrendSettings.Pace;
import urgency.trends.TrendSettings.Rhythm;
import urgency.trends.TrendSettings.Rhythms;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.VendorSettings.Field;
import urgency.trends.business.BusinessSource;
import urgency.trends.creativecenter.CreativeCenterSource;
import urgency.trends.creativecenter.VideoSource;
import urgency.trends.fake.Shape;
import urgency.trends.oembed.Embeds;
import urgency.trends.tiktokshop.KeptTokens;
import urgency.trends.tiktokshop.TikTokShopSource;
import urgency.trends.vendor.VendorSource;

/** The real adapters, told where a fake is and how long to wait for it; pauses take no time. */
public final class Asking implements AutoCloseable {
  private static final Duration CADENCE = Duration.ofHours(6);
  private static final InstantSource CLOCK = InstantSource.system();

  private final URI address;
  private final Pace pace;
  private final Database database;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  public Asking(URI address, Duration readMax, Database database) {
    this.address = address;
    this.pace = new Pace(Duration.ZERO, readMax, readMax);
    this.database = database;
  }

  /** Asks the interface that is at home where the shape is. */
  FetchResult of(Shape shape, FetchRequest request) throws InterruptedException {
    return switch (shape) {
      case HASHTAGS,
          YOUNG_NUMBERS,
          NO_ROWS,
          INVALID_LOGIN,
          RADAR_LIST,
          RADAR_NO_PERMISSION,
          RADAR_DEPRECATED,
          RADAR_PRODUCTS ->
          hashtags().fetch(request);
      case OVERVIEW, VIDEOS -> videos().fetch(request);
      case DISCOVERY, DISCOVERY_REFUSED -> business().fetch(request);
      case PRODUCTS -> shop(1).fetch(request);
      case RENEWED_TOKEN -> renewing("a-refresh-token").fetch(request);
      case VENDOR -> vendor("").fetch(request);
      case EMBED -> embeds(true).ask(request, "7600000000000000001").result();
    };
  }

  public TrendSource hashtags() {
    return kept(new CreativeCenterSource(creativeCenter(), CADENCE, CLOCK, _ -> {}));
  }

  public TrendSource videos() {
    return kept(new VideoSource(creativeCenter(), CADENCE, CLOCK, _ -> {}));
  }

  public TrendSource business() {
    var settings = new Business(address, "token", "42", List.of("HOUSEHOLD_PRODUCTS"), pace);
    return kept(new BusinessSource(settings, CADENCE, CLOCK, _ -> {}));
  }

  public TrendSource shop(int pages) {
    return shop("token", "", pages);
  }

  /** One that has no access token yet, only what it is asked for with. */
  public TrendSource renewing(String refresh) {
    database.change(tx -> tx.execute("truncate trends.token"));
    return shop("", refresh, 1);
  }

  private TrendSource shop(String token, String refresh, int pages) {
    var settings =
        new Shop(
            address, "key", "secret", token, address, refresh, "", "202405", List.of(), pages,
            pace);
    return kept(new TikTokShopSource(settings, new KeptTokens(database), CADENCE, CLOCK, _ -> {}));
  }

  /**
   * A vendor whose list has the shape of the fixture.
   *
   * @param body what is posted; empty asks with GET
   */
  public TrendSource vendor(String body) {
    return kept(new VendorSource(vendorSettings(address, body, pace), CADENCE, CLOCK, _ -> {}));
  }

  /** Its map, as an operator would write it. */
  public static VendorSettings vendorSettings(URI address, String body, Pace pace) {
    return new VendorSettings(
        address + "/vendor/trends?country={region}&days={window}",
        body,
        "ZZ",
        TrendObservation.Kind.HASHTAG,
        JsonPointer.compile("/data/items"),
        Map.of(
            Field.ID, JsonPointer.compile("/item/id"),
            Field.NAME, JsonPointer.compile("/item/title"),
            Field.RANK, JsonPointer.compile("/rank_position"),
            Field.POSTS, JsonPointer.compile("/stats/posts"),
            Field.VIEWS, JsonPointer.compile("/stats/views"),
            Field.DAILY, JsonPointer.compile("/history"),
            Field.DAY, JsonPointer.compile("/date"),
            Field.COUNT, JsonPointer.compile("/views")),
        "Access-Token",
        "a vendor's secret",
        pace);
  }

  public Embeds embeds(boolean enabled) {
    var settings =
        new TrendSettings(
            List.of("US"),
            7,
            new Rhythms(new Rhythm(CADENCE, 500), Map.of()),
            creativeCenter(),
            new OfficialSettings(
                new Business(address, "", "", List.of("FOOD"), pace),
                new Shop(address, "", "", "", address, "", "", "202405", List.of(), 1, pace)),
            vendorSettings(address, "", pace),
            new PushSettings("", Optional.empty()),
            new PushSettings.OEmbed(
                enabled, address, "https://www.tiktok.com/@_/video/{id}", pace));
    return kept(new Embeds(database, settings, CLOCK, _ -> {}));
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception trouble) {
        throw new IllegalStateException(trouble);
      }
    }
  }

  private CreativeCenter creativeCenter() {
    return new CreativeCenter(
        true,
        address,
        "UrgencyShelf/1",
        List.of(),
        true,
        List.of(11015),
        pace.interval(),
        pace.connectMax(),
        pace.readMax());
  }

  private <T extends AutoCloseable> T kept(T source) {
    open.push(source);
    return source;
  }
}
