package urgency.trends.tiktokshop;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import urgency.trends.OfficialSettings.Shop;
import urgency.trends.TrendSource;
import urgency.trends.wire.Line;
import urgency.trends.wire.Reply;
import urgency.trends.wire.Sweep;

/**
 * The best-selling products that TikTok Shop lets affiliates promote, with the units they sold
 * since the beginning. What sells per day is worked out between two polls, when they are kept.
 */
public final class TikTokShopSource implements TrendSource, AutoCloseable {
  public static final String ID = "tiktok-shop";

  private static final int PAGE_SIZE = 20;
  private static final String EVERYTHING = "";

  private final Shop settings;
  private final Duration cadence;
  private final InstantSource clock;
  private final Line line;
  private final Renewal renewal;

  public TikTokShopSource(Shop settings, KeptTokens tokens, Duration cadence, InstantSource clock) {
    this(settings, tokens, cadence, clock, Thread::sleep);
  }

  public TikTokShopSource(
      Shop settings, KeptTokens tokens, Duration cadence, InstantSource clock, Line.Pause pause) {
    this.settings = settings;
    this.cadence = cadence;
    this.clock = clock;
    this.line = new Line(settings.pace(), clock, pause);
    this.renewal = new Renewal(settings, tokens, line);
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
    return switch (renewal.ready(request)) {
      case Renewal.Access.None none -> none.why();
      case Renewal.Access.Ready ready -> fetch(request, ready.token());
    };
  }

  @Override
  public void close() {
    line.close();
  }

  // A token can end before its time, and one of the settings tells no time: then, once, anew.
  private FetchResult fetch(FetchRequest request, String token) throws InterruptedException {
    var result = read(request, token);
    if (!renewal.wants(result)) return result;
    return switch (renewal.renewed(request)) {
      case Renewal.Access.None none -> none.why();
      case Renewal.Access.Ready ready -> read(request, ready.token());
    };
  }

  private FetchResult read(FetchRequest request, String token) throws InterruptedException {
    var sweep = new Sweep();
    var categories = new ArrayList<>(settings.categoryIds());
    if (categories.isEmpty()) categories.add(EVERYTHING);
    for (var i = 0; i < categories.size(); i++) {
      if (i > 0) line.rest();
      var bad = pages(request, token, categories.get(i), sweep);
      if (bad.isPresent()) return bad.get();
    }
    return sweep.result(request.lastHash());
  }

  // A server that hands out the same page for ever is left after so many.
  private Optional<FetchResult> pages(
      FetchRequest request, String token, String category, Sweep sweep)
      throws InterruptedException {
    var at = "";
    for (var page = 0; page < settings.pagesMax(); page++) {
      if (page > 0) line.rest();
      var asked = at;
      var next = new AtomicReference<>("");
      var bad =
          sweep.add(
              line.ask(
                  request,
                  () -> question(token, category, asked),
                  it -> {
                    var answer = ProductAnswer.read(request, Reply.of(it, request.at()));
                    next.set(answer.nextPage());
                    return answer.result();
                  }));
      if (bad.isPresent()) return bad;
      at = next.get();
      if (at.isEmpty() || at.equals(asked)) return Optional.empty();
    }
    return Optional.empty();
  }

  private HttpRequest.Builder question(String token, String category, String pageToken) {
    var body =
        (category.equals(EVERYTHING) ? "{}" : "{\"category\":{\"id\":\"%s\"}}".formatted(category))
            .getBytes(StandardCharsets.UTF_8);
    var parameters = new TreeMap<String, String>();
    parameters.put("app_key", settings.appKey());
    parameters.put("timestamp", Long.toString(clock.instant().getEpochSecond()));
    parameters.put("page_size", Integer.toString(PAGE_SIZE));
    parameters.put("sort_field", "units_sold");
    parameters.put("sort_order", "DESC");
    if (!pageToken.isEmpty()) parameters.put("page_token", pageToken);
    if (!settings.shopCipher().isEmpty()) parameters.put("shop_cipher", settings.shopCipher());
    var address = Signed.address(path(), parameters, body, settings.appSecret());
    return HttpRequest.newBuilder(URI.create(settings.baseUrl() + address))
        .header("x-tts-access-token", token)
        .header("Content-Type", "application/json")
        .header("User-Agent", "UrgencyShelf/1")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private String path() {
    var who = settings.shopCipher().isEmpty() ? "affiliate_creator" : "affiliate_seller";
    return "/%s/%s/open_collaborations/products/search".formatted(who, settings.version());
  }
}
