package urgency.trends.business;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import urgency.trends.OfficialSettings.Business;
import urgency.trends.TrendSource;
import urgency.trends.wire.Line;
import urgency.trends.wire.Reply;
import urgency.trends.wire.Sweep;

/** Trending hashtags from TikTok's Marketing API v1.3, one question per category. */
public final class BusinessSource implements TrendSource, AutoCloseable {
  public static final String ID = "business";

  private static final String PATH = "/open_api/v1.3/discovery/trending_list/";

  private final Business settings;
  private final Duration cadence;
  private final Line line;

  public BusinessSource(Business settings, Duration cadence, InstantSource clock) {
    this(settings, cadence, clock, Thread::sleep);
  }

  public BusinessSource(
      Business settings, Duration cadence, InstantSource clock, Line.Pause pause) {
    this.settings = settings;
    this.cadence = cadence;
    this.line = new Line(settings.pace(), clock, pause);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Terms terms() {
    return Terms.OFFICIAL;
  }

  @Override
  public Optional<Duration> cadence() {
    return Optional.of(cadence);
  }

  @Override
  public FetchResult fetch(FetchRequest request) throws InterruptedException {
    var sweep = new Sweep();
    for (var i = 0; i < settings.categories().size(); i++) {
      if (i > 0) line.rest();
      var category = settings.categories().get(i);
      var bad =
          sweep.add(
              line.ask(
                  request,
                  () -> question(request, category),
                  it -> DiscoveryAnswer.classify(request, Reply.of(it, request.at()))));
      if (bad.isPresent()) return bad.get();
    }
    return sweep.result(request.lastHash());
  }

  @Override
  public void close() {
    line.close();
  }

  private HttpRequest.Builder question(FetchRequest request, String category) {
    var query =
        "discovery_type=HASHTAG&advertiser_id=%s&country_code=%s&category_name=%s&date_range=%s"
            .formatted(
                encoded(settings.advertiserId()),
                encoded(request.region()),
                encoded(category),
                range(request.windowDays()));
    return HttpRequest.newBuilder(URI.create(settings.baseUrl() + PATH + "?" + query))
        .header("Access-Token", settings.accessToken())
        .header("Accept", "application/json")
        .header("User-Agent", "UrgencyShelf/1")
        .GET();
  }

  // There is no range of 90 days; the answer's curve is cut to the window that was asked for.
  private static String range(int windowDays) {
    if (windowDays <= 7) return "7DAY";
    return windowDays <= 30 ? "30DAY" : "120DAY";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
