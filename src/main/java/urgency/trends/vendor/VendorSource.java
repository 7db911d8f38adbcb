package urgency.trends.vendor;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import urgency.trends.TrendSource;
import urgency.trends.VendorSettings;
import urgency.trends.wire.Line;
import urgency.trends.wire.Reply;
import urgency.trends.wire.Sweep;

/**
 * Trends from any address that answers with JSON: one request per region, rows and fields where the
 * settings say.
 */
public final class VendorSource implements TrendSource, AutoCloseable {
  public static final String ID = "vendor";

  private final VendorSettings settings;
  private final Duration cadence;
  private final Line line;

  public VendorSource(VendorSettings settings, Duration cadence, InstantSource clock) {
    this(settings, cadence, clock, Thread::sleep);
  }

  public VendorSource(
      VendorSettings settings, Duration cadence, InstantSource clock, Line.Pause pause) {
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
    return Terms.OPERATOR_SUPPLIED;
  }

  @Override
  public Optional<Duration> cadence() {
    return Optional.of(cadence);
  }

  @Override
  public List<String> regions(List<String> set) {
    return settings.byRegion() ? set : List.of(settings.region());
  }

  @Override
  public FetchResult fetch(FetchRequest request) throws InterruptedException {
    var sweep = new Sweep();
    var bad =
        sweep.add(
            line.ask(
                request,
                () -> question(request),
                it -> VendorAnswer.classify(settings, request, Reply.of(it, request.at()))));
    return bad.orElseGet(() -> sweep.result(request.lastHash()));
  }

  @Override
  public void close() {
    line.close();
  }

  private HttpRequest.Builder question(FetchRequest request) {
    var region = request.region();
    var url = VendorSettings.filled(settings.url(), region, request.windowDays());
    var question =
        HttpRequest.newBuilder(URI.create(url))
            .header("Accept", "application/json")
            .header("User-Agent", "UrgencyShelf/1");
    if (!settings.header().isEmpty()) question.header(settings.header(), settings.secret());
    if (settings.body().isEmpty()) return question.GET();
    var body = VendorSettings.filled(settings.body(), region, request.windowDays());
    return question.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
  }
}
