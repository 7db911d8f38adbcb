package urgency.trends.oembed;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import urgency.platform.jobs.Jobs;
import urgency.platform.sql.Database;
import urgency.trends.Ingest;
import urgency.trends.TrendSettings;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Line;
import urgency.trends.wire.Reply;

/**
 * Learns of trending videos whether they may be shown, one question per video ever. Off unless it
 * is turned on, and idle where no video is known.
 */
@Singleton
public final class Embeds implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Embeds.class);
  private static final String SOURCE = "oembed";
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration RUN_MAX = Duration.ofMinutes(5);
  private static final int PER_RUN_MAX = 20;

  private static final String UNKNOWN =
      """
      select distinct o.external_id
        from trends.source_state s
        join trends.observation o on o.id = any (s.good_rows)
       where o.kind = 'VIDEO'
         and o.external_id ~ '^[0-9]{1,32}$'
         and not exists (select from trends.embed e where e.video_id = o.external_id)
       order by o.external_id
       limit :max
      """;

  private static final String KEEP =
      """
      insert into trends.embed (video_id, result, title, width, height, at)
      values (:video, :result, :title, :width, :height, :at)
      on conflict do nothing
      """;

  private static final String FIND =
      "select video_id, title, width, height from trends.embed where result = 'Fresh'";

  /**
   * A video that may be shown in TikTok's own player.
   *
   * @param width of its picture, 0 when unknown
   */
  public record Embed(String videoId, String title, int width, int height) {}

  private final Database database;
  private final TrendSettings settings;
  private final Line line;

  @Inject
  public Embeds(Database database, TrendSettings settings, InstantSource clock) {
    this(database, settings, clock, Thread::sleep);
  }

  public Embeds(Database database, TrendSettings settings, InstantSource clock, Line.Pause pause) {
    this.database = database;
    this.settings = settings;
    this.line = new Line(settings.oembed().pace(), clock, pause);
  }

  void start(@Observes StartupEvent event, Jobs jobs) {
    if (settings.oembed().enabled()) jobs.oneNode("trends.oembed", EVERY, this::run);
  }

  /** Asks about videos that were not asked about yet, a bounded number, until one stumbles. */
  public void run(Instant now) {
    var perDayMax = settings.rhythms().of(SOURCE).requestsPerDayMax();
    var budget = Ingest.budget(database, SOURCE, now, perDayMax);
    var request = new FetchRequest("ZZ", 1, now, now.plus(RUN_MAX), Optional.empty(), budget);
    List<String> unknown =
        database.read(
            tx -> tx.createQuery(UNKNOWN).bind("max", PER_RUN_MAX).mapTo(String.class).list());
    try {
      for (var i = 0; i < unknown.size(); i++) {
        if (i > 0) line.rest();
        if (!learn(request, unknown.get(i))) return;
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** The videos that may be shown, by id. */
  public static List<Embed> all(Handle tx) {
    return tx.createQuery(FIND)
        .map(
            (row, _) ->
                new Embed(
                    row.getString("video_id"),
                    row.getString("title"),
                    row.getInt("width"),
                    row.getInt("height")))
        .list();
  }

  /** Asks about one video; for tests and for a person. */
  public EmbedAnswer ask(FetchRequest request, String video) throws InterruptedException {
    var told = new java.util.concurrent.atomic.AtomicReference<EmbedAnswer>();
    var result =
        line.ask(
            request,
            () -> question(video),
            it -> {
              var answer = EmbedAnswer.read(Reply.of(it, request.at()));
              told.set(answer);
              return answer.result();
            });
    var answer = told.get();
    return answer != null && answer.result().equals(result)
        ? answer
        : new EmbedAnswer(result, "", 0, 0);
  }

  @Override
  public void close() {
    line.close();
  }

  // What may pass is asked again another time; everything else is an answer about this video.
  private boolean learn(FetchRequest request, String video) throws InterruptedException {
    var answer = ask(request, video);
    return switch (answer.result()) {
      case FetchResult.Fresh _ -> keep(video, "Fresh", answer, request.at());
      case FetchResult.Refused _, FetchResult.Retired _ ->
          keep(video, "Refused", answer, request.at());
      case FetchResult.Empty _ -> keep(video, "Empty", answer, request.at());
      case FetchResult.Transient _,
          FetchResult.Challenged _,
          FetchResult.Drift _,
          FetchResult.Unchanged _ -> {
        LOG.warnf("oembed stopped at video %s: %s", video, answer.result());
        yield false;
      }
    };
  }

  private boolean keep(String video, String result, EmbedAnswer answer, Instant now) {
    database.change(
        tx ->
            tx.createUpdate(KEEP)
                .bind("video", video)
                .bind("result", result)
                .bind("title", answer.title())
                .bind("width", answer.width())
                .bind("height", answer.height())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute());
    return true;
  }

  // The address of a video names its author, whom we do not keep; TikTok goes by the number.
  private HttpRequest.Builder question(String video) {
    var page = settings.oembed().videoUrl().replace("{id}", video);
    return HttpRequest.newBuilder(
            URI.create(
                settings.oembed().baseUrl()
                    + "/oembed?url="
                    + URLEncoder.encode(page, StandardCharsets.UTF_8)))
        .header("Accept", "application/json")
        .header("User-Agent", "UrgencyShelf/1")
        .GET();
  }
}
