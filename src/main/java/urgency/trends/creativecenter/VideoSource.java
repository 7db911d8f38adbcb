package urgency.trends.creativecenter;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import urgency.trends.TrendSettings.CreativeCenter;
import urgency.trends.TrendSource;
import urgency.trends.wire.Line;
import urgency.trends.wire.Reply;
import urgency.trends.wire.Sweep;

/**
 * Trending videos from the anonymous JSON behind TikTok's Creative Center: how often each was
 * watched, and how it was received. First it is asked when its last period ended, then once per
 * kind of video. On the same footing as the hashtags, behind a switch of its own.
 */
public final class VideoSource implements TrendSource, AutoCloseable {
  public static final String ID = "creative-center-videos";

  private static final String OVERVIEW = "/CreativeOne/Report/GetTopContentsOverview";
  private static final String LIST = "/CreativeOne/Report/CreativeCenterGetTopContentsList";
  private static final String PAGE = "/creative/creativeCenter/trends/video";
  private static final int WEEK = 3;
  private static final int MONTH = 5;

  private final CreativeCenter settings;
  private final Duration cadence;
  private final Line line;

  public VideoSource(CreativeCenter settings, Duration cadence, InstantSource clock) {
    this(settings, cadence, clock, Thread::sleep);
  }

  public VideoSource(
      CreativeCenter settings, Duration cadence, InstantSource clock, Line.Pause pause) {
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
    return Terms.PUBLIC_UNDOCUMENTED;
  }

  @Override
  public Optional<Duration> cadence() {
    return Optional.of(cadence);
  }

  @Override
  public FetchResult fetch(FetchRequest request) throws InterruptedException {
    var ended = new AtomicReference<>(Instant.EPOCH);
    var overview =
        line.ask(
            request,
            () -> question(OVERVIEW),
            it -> {
              var answer = OverviewAnswer.read(request, Reply.of(it, request.at()));
              ended.set(answer.ended());
              return answer.result();
            });
    if (ended.get().equals(Instant.EPOCH)) return overview;
    var sweep = new Sweep();
    for (var label : settings.videoLabels()) {
      line.rest();
      var bad =
          sweep.add(
              line.ask(
                  request,
                  () -> question(LIST + query(request, label, ended.get())),
                  it -> VideoAnswer.classify(request, ended.get(), Reply.of(it, request.at()))));
      if (bad.isPresent()) return bad.get();
    }
    return sweep.result(request.lastHash());
  }

  @Override
  public void close() {
    line.close();
  }

  private static String query(FetchRequest request, int label, Instant ended) {
    return ("?contentLabelIDs=%d&countryCode=%s&limit=20&orderByMetric=1&organicOnly=false&page=1"
            + "&periodDimension=%d&periodEndTimestamp=%d")
        .formatted(
            label,
            request.region(),
            request.windowDays() <= 7 ? WEEK : MONTH,
            ended.getEpochSecond());
  }

  private HttpRequest.Builder question(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(settings.baseUrl() + pathAndQuery))
        .header("Accept", "application/json, text/plain, */*")
        .header("Origin", settings.baseUrl().toString())
        .header("Referer", settings.baseUrl() + PAGE)
        .header("User-Agent", settings.userAgent())
        .header("agw-js-conv", "str")
        .GET();
  }
}
