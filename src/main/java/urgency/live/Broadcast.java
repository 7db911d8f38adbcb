package urgency.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import urgency.catalog.ProductId;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.shelf.Editions;

/**
 * Tells every open phone of this node what has moved: at once after a quiet moment, at most one
 * frame in 250 ms, encoded once, and only when something did. An order's own news goes to those who
 * may hear it.
 */
@Singleton
final class Broadcast {
  static final Duration CLOCK = Duration.ofSeconds(15);
  // Phones are told the time one after the other, so that no change waits behind all of them.
  private static final Duration CLOCK_STEP = Duration.ofMillis(500);
  // Often enough to be true within three seconds, and never so often that it cannot be read.
  private static final Duration COUNT = Duration.ofSeconds(2);
  private static final Duration FRAME = Duration.ofMillis(250);
  private static final Duration POLLED = Duration.ofSeconds(10);
  private static final int NODE_DIGITS = 8;
  private static final int RETRY_MS_MIN = 2_000;
  private static final int RETRY_MS_MAX = 5_000;

  /** Whether a new connection is let in. */
  sealed interface Admission {
    record Welcome(Connection connection) implements Admission {}

    record Full() implements Admission {}
  }

  /** What else phones are told: counted elsewhere, and put on record there. */
  interface Counts {
    Map<ProductId, Claim<Cue.Likes>> likes(Instant now);

    Map<ProductId, Integer> shares();

    /** To be called before they are told; what is not on record then must not be told. */
    void told(Figures figures);
  }

  private final LiveSettings settings;
  private final Editions editions;
  private final StockPulse pulse;
  private final Audience audience;
  private final Counts counts;
  private final Purchases purchases = new Purchases();
  private final InstantSource clock;
  private final Counter frames;
  private final Counter skipped;
  private final Map<String, Connection> open = new ConcurrentHashMap<>();
  private final Map<EventLoop, Switchboard> boards = new ConcurrentHashMap<>();
  private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
  private final Map<String, Set<Connection>> byOrder = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger stillTelling = new AtomicInteger();
  private volatile News news = News.first(UUID.randomUUID().toString().substring(0, NODE_DIGITS));
  private volatile boolean closing;
  private volatile Instant polledAt = Instant.EPOCH;
  private Map<ProductId, Claim<Cue.Viewers>> people = Map.of();
  private Instant countedAt = Instant.EPOCH;
  private Instant framedAt = Instant.EPOCH;
  private Instant clockAt = Instant.EPOCH;

  @Inject
  Broadcast(
      LiveSettings settings,
      Editions editions,
      StockPulse pulse,
      Audience audience,
      Hearts hearts,
      LiveRecord record,
      InstantSource clock,
      MeterRegistry metrics) {
    this(settings, editions, pulse, audience, counts(hearts, record), clock, metrics);
  }

  Broadcast(
      LiveSettings settings,
      Editions editions,
      StockPulse pulse,
      Audience audience,
      Counts counts,
      InstantSource clock,
      MeterRegistry metrics) {
    this.settings = settings;
    this.editions = editions;
    this.pulse = pulse;
    this.audience = audience;
    this.counts = counts;
    this.clock = clock;
    this.frames = metrics.counter("live.frames");
    this.skipped = metrics.counter("live.skipped");
    metrics.gauge("live.connections", count);
  }

  /** Whether anybody on this node would hear about a movement. */
  boolean wanted(Instant now) {
    return count.get() > 0 || pulse.heard() || polledAt.plus(POLLED).isAfter(now);
  }

  int connections() {
    return count.get();
  }

  /** Whether some phones have not been told of the newest state yet. */
  boolean telling() {
    return stillTelling.get() > 0;
  }

  /**
   * Lets a connection in, if there is room for it; to be called on its event loop.
   *
   * @param lastHeard id of the last event that the phone has heard, empty when it has none
   */
  Admission admit(Connection connection, String lastHeard) {
    var all = count.incrementAndGet();
    var ofAddress = byAddress.merge(connection.address(), 1, Integer::sum);
    if (closing || all > settings.connections() || ofAddress > settings.perAddress()) {
      count.decrementAndGet();
      forget(connection.address());
      return new Admission.Full();
    }
    open.put(connection.id(), connection);
    board(connection).add(connection);
    connection.clockDue(clock.millis() + ThreadLocalRandom.current().nextLong(CLOCK.toMillis()));
    connection.send(hello(connection));
    var heard = news.numberOf(lastHeard);
    if (heard >= 0) connection.hasHeard(heard);
    connection.whenReady(() -> deliver(connection));
    deliver(connection);
    if (connection.gone()) leave(connection, Optional.empty());
    return new Admission.Welcome(connection);
  }

  /** Forgets a connection, on its event loop; a second call changes nothing. */
  void leave(Connection connection, Optional<String> order) {
    if (!open.remove(connection.id(), connection)) return;
    board(connection).remove(connection);
    audience.leave(connection.id());
    count.decrementAndGet();
    forget(connection.address());
    order.ifPresent(it -> unfollow(connection, it));
  }

  Optional<Connection> connection(String id) {
    return Optional.ofNullable(open.get(id));
  }

  /** From now on this connection hears of the order; to be called on its event loop. */
  void follow(Connection connection, OrderNews order) {
    byOrder.compute(
        order.order(),
        (_, hearing) -> {
          var them = hearing == null ? ConcurrentHashMap.<Connection>newKeySet() : hearing;
          them.add(connection);
          return them;
        });
    connection.order(order);
    deliver(connection);
    if (!open.containsKey(connection.id())) unfollow(connection, order.order());
  }

  /** An order moved; only those who follow it hear so. */
  void orderMoved(OrderNews order) {
    for (var connection : byOrder.getOrDefault(order.order(), Set.of())) {
      connection.run(
          () -> {
            connection.order(order);
            deliver(connection);
          });
    }
  }

  /** One beat: gathers what has moved and sends it. */
  synchronized void tick(Instant now) {
    if (countedAt.plus(COUNT).compareTo(now) <= 0) {
      people = audience.shown(now);
      countedAt = now;
    }
    if (framedAt.plus(FRAME).compareTo(now) <= 0) frame(now);
    if (clockAt.plus(CLOCK_STEP).compareTo(now) <= 0) {
      clockAt = now;
      tellTime(now);
    }
  }

  // One after the other, so that a phone never misses one: what moves meanwhile goes into the next.
  private void frame(Instant now) {
    if (telling()) return;
    var figures = figures(now);
    var next = news.next(figures, now.toEpochMilli());
    if (next == news) return;
    counts.told(figures);
    news = next;
    framedAt = now;
    for (var board : boards.values()) {
      stillTelling.incrementAndGet();
      board.tell(this::deliver, stillTelling::decrementAndGet);
    }
  }

  /** The figures as JSON for phones that cannot listen. */
  String poll(Optional<ProductId> product, Instant now) {
    polledAt = now;
    var figures = product.map(news.figures()::only).orElse(news.figures());
    return "{\"now\":%d%s}".formatted(now.toEpochMilli(), figures.whole());
  }

  /** Lets everybody go, each to come back after a moment of its own. */
  void close() {
    closing = true;
    for (var board : boards.values()) {
      board.tell(phone -> phone.end(Buffer.buffer(retry() + ": until soon\n\n")), () -> {});
    }
  }

  private Figures figures(Instant now) {
    var edition = editions.openAt(now);
    if (edition.isEmpty()) return Figures.NONE;
    var stock = pulse.latest().filter(it -> it.edition().number() == edition.get().number());
    var bought = stock.map(it -> purchases.notice(it, pulse.soldReadAt(), now)).orElse(Map.of());
    // Only what is on the shelf, so that nobody can make us tell everybody about anything.
    var onShelf = new HashMap<ProductId, Claim<Cue.Viewers>>();
    for (var slot : edition.get().slots()) {
      var looking = people.get(slot.product());
      if (looking != null) onShelf.put(slot.product(), looking);
    }
    return new Figures(
        edition,
        stock.map(it -> Figures.Units.of(it, pulse.feltAt(), now)).orElse(Map.of()),
        onShelf,
        counts.likes(now),
        counts.shares(),
        bought);
  }

  private static Counts counts(Hearts hearts, LiveRecord record) {
    return new Counts() {
      @Override
      public Map<ProductId, Claim<Cue.Likes>> likes(Instant now) {
        return hearts.likes(now);
      }

      @Override
      public Map<ProductId, Integer> shares() {
        return hearts.shares();
      }

      @Override
      public void told(Figures figures) {
        record.told(figures);
      }
    };
  }

  private void deliver(Connection connection) {
    switch (connection.deliver(news, clock.millis())) {
      case SENT -> frames.increment();
      case SKIPPED -> skipped.increment();
      case NOTHING_NEW -> {}
    }
  }

  // With the numbers of the audience, since phones hide one that is older than twenty seconds.
  private void tellTime(Instant now) {
    var time = "{\"now\":%d".formatted(now.toEpochMilli());
    var text = ": still here\nevent: clock\ndata: %s}\n\n".formatted(time);
    var figures = news.figures();
    if (!figures.audience().isEmpty()) {
      text += "event: frame\ndata: %s%s}\n\n".formatted(time, figures.audienceMember());
    }
    var bytes = Buffer.buffer(text);
    for (var board : boards.values()) {
      board.tell(it -> it.tellTime(bytes, now.toEpochMilli(), CLOCK.toMillis()), () -> {});
    }
  }

  private Switchboard board(Connection connection) {
    return boards.computeIfAbsent(Switchboard.loop(connection.context()), Switchboard::new);
  }

  private Buffer hello(Connection connection) {
    return Buffer.buffer(
        "%sevent: hello\ndata: {\"connection\":\"%s\",\"now\":%d}\n\n"
            .formatted(retry(), connection.id(), clock.millis()));
  }

  private void unfollow(Connection connection, String order) {
    byOrder.computeIfPresent(
        order,
        (_, hearing) -> {
          hearing.remove(connection);
          return hearing.isEmpty() ? null : hearing;
        });
  }

  private static String retry() {
    return "retry: %d\n"
        .formatted(ThreadLocalRandom.current().nextInt(RETRY_MS_MIN, RETRY_MS_MAX + 1));
  }

  private void forget(String address) {
    byAddress.computeIfPresent(
        address, (_, connections) -> connections == 1 ? null : connections - 1);
  }
}
