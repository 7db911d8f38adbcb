package urgency.platform.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Ready-made answers by path: bytes that were rendered and compressed once, sent from the event
 * loop before any resource is asked. A path that is not here goes on to its resource.
 */
@Singleton
public final class Pages {
  private static final int PRIVATE_MAX = 4_000;

  private record Page(Ready answer, Optional<UUID> visitor, long until) {}

  private final Visitors visitors;
  private final SecurityHeaders headers;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final Map<String, Page> privatePages = new ConcurrentHashMap<>();
  private final LongAdder served = new LongAdder();

  Pages(Visitors visitors, SecurityHeaders headers) {
    this.visitors = visitors;
    this.headers = headers;
  }

  /**
   * Answers {@code GET path} with this body from now on.
   *
   * @param type such as {@code text/html; charset=utf-8}
   * @param cacheControl sent as it is
   */
  public void publish(String path, String type, String cacheControl, String body) {
    pages.put(path, page(type, cacheControl, body, Optional.empty(), Long.MAX_VALUE));
  }

  /** Same, for at most this long, and only to the visitor who may see it. */
  public void publishFor(UUID visitor, String path, String type, String body, Duration atMost) {
    if (privatePages.size() >= PRIVATE_MAX) makeRoom();
    privatePages.put(
        path,
        page(
            type,
            "private, no-cache",
            body,
            Optional.of(visitor),
            System.nanoTime() + atMost.toNanos()));
  }

  /** The path goes to its resource again. */
  public void withdraw(String path) {
    pages.remove(path);
    privatePages.remove(path);
  }

  /** Ready-made answers given so far. */
  public long served() {
    return served.sum();
  }

  /** Answers if the path is here and the visitor may see it. */
  boolean answer(HttpServerRequest request, boolean withBody) {
    var path = Asked.path(request);
    var page = pages.get(path);
    if (page == null) {
      if (request.query() != null) return false;
      page = privatePages.get(path);
      if (page == null || !mayHave(page, request)) return false;
    }
    served.increment();
    page.answer().send(request, withBody);
    return true;
  }

  private boolean mayHave(Page page, HttpServerRequest request) {
    if (System.nanoTime() - page.until() > 0) return false;
    var cookies = request.getHeader(HttpHeaders.COOKIE);
    return cookies != null && visitors.among(cookies).equals(page.visitor());
  }

  private Page page(
      String type, String cacheControl, String body, Optional<UUID> visitor, long until) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var compressed = Compressed.of(bytes, true, Compressed.Effort.PAGE);
    return new Page(new Ready(compressed, type, cacheControl, headers), visitor, until);
  }

  private void makeRoom() {
    var now = System.nanoTime();
    privatePages.values().removeIf(it -> now - it.until() > 0);
    Iterator<String> paths = privatePages.keySet().iterator();
    while (privatePages.size() >= PRIVATE_MAX && paths.hasNext()) {
      paths.next();
      paths.remove();
    }
  }
}
