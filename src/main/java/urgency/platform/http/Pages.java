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
import urgency.platform.http.Ready.Vary;
import urgency.platform.language.Calm;
import urgency.platform.language.Language;
import urgency.platform.language.Languages;

/**
 * Ready-made answers by path: bytes that were rendered and compressed once, sent from the event
 * loop before any resource is asked. A path that is not here goes on to its resource.
 */
@Singleton
public final class Pages {
  private static final int PRIVATE_MAX = 4_000;

  /** A page that only its visitor gets, in the language in which it was asked for. */
  private record Private(Ready answer, UUID visitor, Language language, long until) {}

  /** Writes a page in one language; pure, and called on a thread that may wait. */
  @FunctionalInterface
  public interface Writer {
    String in(Language language);
  }

  /** Same, in calm mode or not. */
  @FunctionalInterface
  public interface ModeWriter {
    String in(Language language, boolean calm);
  }

  private final Visitors visitors;
  private final Languages languages;
  private final SecurityHeaders headers;
  private final Map<String, Translated> pages = new ConcurrentHashMap<>();
  private final Map<String, Translated> calmPages = new ConcurrentHashMap<>();
  private final Map<String, Private> privatePages = new ConcurrentHashMap<>();
  private final LongAdder served = new LongAdder();

  Pages(Visitors visitors, Languages languages, SecurityHeaders headers) {
    this.visitors = visitors;
    this.languages = languages;
    this.headers = headers;
  }

  /**
   * Answers {@code GET path} with this body from now on, in whatever language.
   *
   * @param type such as {@code text/html; charset=utf-8}
   * @param cacheControl sent as it is
   */
  public void publish(String path, String type, String cacheControl, String body) {
    pages.put(path, Translated.same(ready(body, type, cacheControl, Vary.ENCODING)));
  }

  /**
   * Answers {@code GET path} in the reader's language from now on. Languages in which the page was
   * read since it last changed are written now, others when somebody first asks; nobody waits on
   * the event loop for either.
   */
  public void publish(String path, String type, String cacheControl, Writer writer) {
    var next = Translated.lazily(it -> ready(writer.in(it), type, cacheControl, Vary.by(it)));
    next.write(languages.main());
    replace(pages, path, next);
  }

  /** Same, with bytes of their own for those who want the shop calm; written when one asks. */
  public void publish(String path, String type, String cacheControl, ModeWriter writer) {
    publish(path, type, cacheControl, (Writer) language -> writer.in(language, false));
    replace(
        calmPages,
        path,
        Translated.lazily(it -> ready(writer.in(it, true), type, cacheControl, Vary.by(it))));
  }

  private static void replace(Map<String, Translated> pages, String path, Translated next) {
    var before = pages.get(path);
    if (before != null) before.read().forEach(next::write);
    pages.put(path, next);
  }

  /** Same, for at most this long, in one language, and only to the visitor who may see it. */
  public void publishFor(
      UUID visitor, Language language, String path, String type, String body, Duration atMost) {
    if (privatePages.size() >= PRIVATE_MAX) makeRoom();
    var until = System.nanoTime() + atMost.toNanos();
    var answer = ready(body, type, "private, no-cache", Vary.by(language));
    privatePages.put(path, new Private(answer, visitor, language, until));
  }

  /** The path goes to its resource again. */
  public void withdraw(String path) {
    pages.remove(path);
    calmPages.remove(path);
    privatePages.remove(path);
  }

  /** Ready-made answers given so far. */
  public long served() {
    return served.sum();
  }

  /** Answers if the path is here and the visitor may see it. */
  boolean answer(HttpServerRequest request, boolean withBody) {
    var path = Asked.path(request);
    var calm = Calm.of(request);
    var page = calm ? calmPages.getOrDefault(path, pages.get(path)) : pages.get(path);
    if (page != null) {
      languages.remembering(request).ifPresent(it -> remember(request, it));
      Calm.remembering(request).ifPresent(it -> remember(request, it));
      served.increment();
      page.send(request, languages, withBody);
      return true;
    }
    if (request.query() != null || calm) return false;
    var mine = privatePages.get(path);
    if (mine == null || !mayHave(mine, request)) return false;
    served.increment();
    mine.answer().send(request, withBody);
    return true;
  }

  private static void remember(HttpServerRequest request, String cookie) {
    request.response().headers().add(HttpHeaders.SET_COOKIE, cookie);
  }

  private boolean mayHave(Private page, HttpServerRequest request) {
    if (System.nanoTime() - page.until() > 0) return false;
    var cookies = request.getHeader(HttpHeaders.COOKIE);
    return cookies != null
        && visitors.among(cookies).equals(Optional.of(page.visitor()))
        && languages.of(request) == page.language();
  }

  private Ready ready(String body, String type, String cacheControl, Vary vary) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var compressed = Compressed.of(bytes, true, Compressed.Effort.PAGE);
    return new Ready(compressed, type, cacheControl, vary, headers);
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
