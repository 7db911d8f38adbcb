package urgency.trends.creativecenter;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import urgency.trends.TrendSettings.CreativeCenter;
import urgency.trends.TrendSource;
import urgency.trends.wire.Line;
import urgency.trends.wire.Reply;
import urgency.trends.wire.Sweep;

/**
 * Trending hashtags from the anonymous JSON behind TikTok's Creative Center.
 *
 * <p>The interface is public and needs no account, but it is undocumented and TikTok's terms do not
 * offer it; so it is off unless the operator says so twice. It is asked slowly, one question per
 * industry, and the sweep stops at the first refusal. No cookies, no signatures, no redirects.
 */
public final class CreativeCenterSource implements TrendSource, AutoCloseable {
  private static final String PATH = "/CreativeOne/KnowledgeAPI/GetHashtagList";
  private static final String PAGE = "/creative/creativeCenter/trends/hashtag";
  private static final long INDUSTRY_UNIT = 1_000_000_000L;
  private static final int NO_INDUSTRY = 0;

  private final CreativeCenter settings;
  private final Duration cadence;
  private final Line line;

  public CreativeCenterSource(CreativeCenter settings, Duration cadence, InstantSource clock) {
    this(settings, cadence, clock, Thread::sleep);
  }

  public CreativeCenterSource(
      CreativeCenter settings, Duration cadence, InstantSource clock, Line.Pause pause) {
    this.settings = settings;
    this.cadence = cadence;
    this.line = new Line(settings.pace(), clock, pause);
  }

  @Override
  public String id() {
    return "creative-center";
  }

  @Override
  public Terms terms() {
    return Terms.PUBLIC_UNDOCUMENTED;
  }

  @Override
  public Optional<Duration> cadence() {
    return Optional.of(cadence);
  }

  @Override
  public FetchResult fetch(FetchRequest request) throws InterruptedException {
    var sweep = new Sweep();
    var industries = new ArrayList<Integer>();
    industries.add(NO_INDUSTRY);
    industries.addAll(settings.industries());
    for (var i = 0; i < industries.size(); i++) {
      if (i > 0) line.rest();
      var industry = industries.get(i);
      var bad =
          sweep.add(
              line.ask(
                  request,
                  () -> question(request, industry),
                  it -> new HashtagAnswer(id(), request).classify(Reply.of(it, request.at()))));
      if (bad.isPresent()) return bad.get();
    }
    return sweep.result(request.lastHash());
  }

  @Override
  public void close() {
    line.close();
  }

  private HttpRequest.Builder question(FetchRequest request, int industry) {
    var narrowed =
        industry == NO_INDUSTRY ? "" : ",\"industryID\":%d".formatted(industry * INDUSTRY_UNIT);
    var body =
        "{\"timeRange\":%d,\"countryCode\":\"%s\",\"page\":1,\"limit\":20%s}"
            .formatted(request.windowDays(), request.region(), narrowed);
    return HttpRequest.newBuilder(URI.create(settings.baseUrl() + PATH))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/plain, */*")
        .header("Origin", settings.baseUrl().toString())
        .header("Referer", settings.baseUrl() + PAGE)
        .header("User-Agent", settings.userAgent())
        .header("agw-js-conv", "str")
        .POST(BodyPublishers.ofString(body));
  }
}
