package urgency.platform.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import urgency.platform.language.Language;
import urgency.platform.language.Languages;

/**
 * One page in every language, each written at most once: ahead, or when it is first asked for, on a
 * thread of its own while those who asked wait without one.
 */
final class Translated {
  private static final Logger LOG = Logger.getLogger(Translated.class);

  private final @Nullable Ready same;
  private final boolean inOneLanguage;
  private final Function<Language, Ready> writer;
  private final AtomicReferenceArray<@Nullable CompletableFuture<Ready>> written =
      new AtomicReferenceArray<>(Language.values().length);
  private final AtomicInteger read = new AtomicInteger();

  private Translated(
      @Nullable Ready same, boolean inOneLanguage, Function<Language, Ready> writer) {
    this.same = same;
    this.inOneLanguage = inOneLanguage;
    this.writer = writer;
  }

  /** The same bytes whoever reads them. */
  static Translated same(Ready answer) {
    return new Translated(answer, true, _ -> answer);
  }

  /** Same, but they are not there yet. */
  static Translated once(Supplier<Ready> writer) {
    return new Translated(null, true, _ -> writer.get());
  }

  static Translated lazily(Function<Language, Ready> writer) {
    return new Translated(null, false, writer);
  }

  /** Writes one language here and now, unless it is there. */
  void write(Language language) {
    if (written.get(slot(language)) == null) {
      written.set(slot(language), CompletableFuture.completedFuture(writer.apply(language)));
    }
  }

  /** The languages that somebody read. */
  List<Language> read() {
    var all = new ArrayList<Language>();
    for (var it : Language.values()) if ((read.get() & bit(it)) != 0) all.add(it);
    return all;
  }

  void send(HttpServerRequest request, Languages languages, boolean withBody) {
    if (same != null) {
      same.send(request, withBody);
      return;
    }
    var language = inOneLanguage ? languages.main() : languages.of(request);
    if ((read.get() & bit(language)) == 0) read.accumulateAndGet(bit(language), (a, b) -> a | b);
    var page = written.get(slot(language));
    var ready = page == null ? null : page.getNow(null);
    if (ready == null) {
      sendLater(request, page == null ? begin(language) : page, withBody);
    } else {
      ready.send(request, withBody);
    }
  }

  private static int bit(Language language) {
    return 1 << slot(language);
  }

  @SuppressWarnings("EnumOrdinal") // Only within this process: a place in the array without locks.
  private static int slot(Language language) {
    return language.ordinal();
  }

  private CompletableFuture<Ready> begin(Language language) {
    var mine = new CompletableFuture<Ready>();
    var theirs = written.compareAndExchange(slot(language), null, mine);
    if (theirs != null) return theirs;
    Thread.startVirtualThread(
        () -> {
          try {
            mine.complete(writer.apply(language));
          } catch (Throwable broken) {
            LOG.errorf(broken, "a page cannot be written in %s", language);
            written.set(slot(language), null);
            mine.completeExceptionally(broken);
          }
        });
    return mine;
  }

  private static void sendLater(
      HttpServerRequest request, CompletableFuture<Ready> page, boolean withBody) {
    var loop = Objects.requireNonNull(Vertx.currentContext());
    var _ =
        page.whenComplete(
            (ready, broken) ->
                loop.runOnContext(
                    _ -> {
                      if (request.response().closed()) return;
                      if (broken == null) ready.send(request, withBody);
                      else request.response().setStatusCode(500).end();
                    }));
  }
}
