package urgency.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import urgency.platform.language.Calm;
import urgency.platform.language.Languages;

/**
 * The first thing every request meets: ready-made pages and files are answered at once; the rest
 * gets its headers and id, and writes must come from our own pages and not too often.
 *
 * <p>Forgery across sites is told by what the browser itself says ({@code Sec-Fetch-Site}, {@code
 * Origin}), so pages can be the same bytes for everybody; see docs/adr/0012.
 */
@Singleton
final class Edge {
  private static final Logger LOG = Logger.getLogger("urgency.access");
  private static final int PRIORITY = 1_000;
  private static final int ADDRESSES_MAX = 50_000;
  private static final Pattern WEBHOOK = Pattern.compile("/webhooks/[a-z]+");

  private final Pages pages;
  private final Languages languages;
  private final Assets assets;
  private final MediaFolder media;
  private final SecurityHeaders headers;
  private final HttpSettings settings;
  private final Instance<ErrorPage> errorPage;
  private final Cache<String, Bucket> writers =
      Caffeine.newBuilder()
          .maximumSize(ADDRESSES_MAX)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  Edge(
      Pages pages,
      Languages languages,
      Assets assets,
      MediaFolder media,
      SecurityHeaders headers,
      HttpSettings settings,
      Instance<ErrorPage> errorPage) {
    this.pages = pages;
    this.languages = languages;
    this.assets = assets;
    this.media = media;
    this.headers = headers;
    this.settings = settings;
    this.errorPage = errorPage;
  }

  void filters(@Observes Filters filters) {
    filters.register(this::meet, PRIORITY);
  }

  private void meet(RoutingContext context) {
    var request = context.request();
    var method = request.method();
    var reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    if (reads && ready(request, method.equals(HttpMethod.GET))) return;
    headers.apply(request.response());
    RequestId.give(request);
    MDC.put("requestId", RequestId.of(request));
    if (reads) {
      request.response().putHeader(HttpHeaders.VARY, Languages.VARY);
      languages
          .remembering(request)
          .ifPresent(it -> request.response().headers().add(HttpHeaders.SET_COOKIE, it));
      Calm.remembering(request)
          .ifPresent(it -> request.response().headers().add(HttpHeaders.SET_COOKIE, it));
      context.next();
    } else {
      write(context, request);
    }
  }

  private boolean ready(HttpServerRequest request, boolean withBody) {
    return pages.answer(request, withBody)
        || assets.answer(request, withBody)
        || media.answer(request, withBody);
  }

  private void write(RoutingContext context, HttpServerRequest request) {
    var started = System.nanoTime();
    if (!isLook(request)) context.addEndHandler(_ -> log(request, started));
    if (isWebhook(request)) {
      context.next();
    } else if (Origins.foreign(request, settings)) {
      refuse(request, 403);
    } else if (isLook(request)) {
      context.next();
    } else if (!bucket(request).tryConsume(1)) {
      request.response().putHeader("Retry-After", "10");
      refuse(request, 429);
    } else {
      context.next();
    }
  }

  // A webhook comes from a server: it proves itself by its signature, not by where it comes from.
  // One plain step only, since the path is as it was sent, and may lead elsewhere by dots.
  private static boolean isWebhook(HttpServerRequest request) {
    return WEBHOOK.matcher(Asked.path(request)).matches();
  }

  // Every phone says several times a minute what is in front of it. That is limited by connection,
  // so that an office full of shoppers does not use up what it may order.
  private static boolean isLook(HttpServerRequest request) {
    return "/live/look".equals(Asked.path(request));
  }

  private Bucket bucket(HttpServerRequest request) {
    var address = request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
    return writers.get(
        address == null ? "" : address,
        _ ->
            Bucket.builder()
                .addLimit(
                    limit ->
                        limit
                            .capacity(settings.writesPerMinute())
                            .refillGreedy(settings.writesPerMinute(), Duration.ofMinutes(1)))
                .build());
  }

  private void refuse(HttpServerRequest request, int status) {
    var detail = Errors.sentence(status);
    var accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
    var response = request.response().setStatusCode(status);
    response.putHeader("Cache-Control", "no-store");
    if (accept.contains("text/html") && errorPage.isResolvable()) {
      response.putHeader("Content-Type", "text/html; charset=utf-8");
      response.end(
          errorPage.get().html(languages.of(request), Calm.of(request), status, detail, ""));
    } else {
      response.putHeader("Content-Type", Problem.TYPE);
      response.end("{\"status\":%d,\"detail\":\"%s\"}".formatted(status, detail));
    }
  }

  private static void log(HttpServerRequest request, long started) {
    LOG.infof(
        "%s %s %d %d ms %s",
        request.method(),
        Asked.path(request),
        request.response().getStatusCode(),
        (System.nanoTime() - started) / 1_000_000,
        RequestId.of(request));
  }
}
