package urgency.live;

import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * One open phone. Its fields belong to its event loop; others hand over by {@link #run}.
 *
 * <p>A phone that cannot keep up has no queue that grows: it misses what it misses, and gets the
 * whole when it can hear again.
 */
final class Connection {
  private static final int WRITE_QUEUE_BYTES_MAX = 16 * 1024;
  private static final long LOOK_COSTS_MS = 500;
  private static final long LOOKS_AHEAD_MS_MAX = Duration.ofSeconds(5).toMillis();
  private static final long NOTHING = -1;
  private static final int NOWHERE = -1;

  private final String id;
  private final Optional<String> visitor;
  private final String address;
  private final Context context;
  private final HttpServerResponse response;
  private final Optional<ChannelHandlerContext> socket;
  private long heard = NOTHING;
  private long clockDueMs;
  private int orderVersionHeard = -1;
  private Optional<OrderNews> order = Optional.empty();
  private long looksPaidUntilMs;
  private int seat = NOWHERE;

  Connection(
      String id,
      Optional<String> visitor,
      String address,
      Context context,
      HttpServerRequest request) {
    this.id = id;
    this.visitor = visitor;
    this.address = address;
    this.context = context;
    this.response = request.response();
    this.socket = News.Frame.socket(request);
    response.setWriteQueueMaxSize(WRITE_QUEUE_BYTES_MAX);
  }

  String id() {
    return id;
  }

  /** Whom to count when this phone looks at something; nobody for programs. */
  Optional<String> visitor() {
    return visitor;
  }

  String address() {
    return address;
  }

  Context context() {
    return context;
  }

  /** Where it sits on its {@link Switchboard}; negative when it sits on none. */
  int seat() {
    return seat;
  }

  void seat(int place) {
    seat = place;
  }

  void unseat() {
    seat = NOWHERE;
  }

  void run(Runnable onEventLoop) {
    context.runOnContext(_ -> onEventLoop.run());
  }

  /** The phone says that it has heard all up to this state; the rest is what it misses. */
  void hasHeard(long number) {
    heard = number;
  }

  /** What became of a delivery. */
  enum Delivery {
    SENT,
    SKIPPED,
    NOTHING_NEW
  }

  /** Calls back on the event loop whenever a phone that was too slow can hear again. */
  void whenReady(Runnable onEventLoop) {
    response.drainHandler(_ -> onEventLoop.run());
  }

  /** Sends these bytes if there is room for them; nothing of them is kept otherwise. */
  Delivery send(Buffer bytes) {
    if (gone() || response.writeQueueFull()) return Delivery.SKIPPED;
    response.write(bytes);
    return Delivery.SENT;
  }

  /** Same, for a frame that many hear. */
  Delivery send(News.Frame frame) {
    if (socket.isEmpty()) return send(frame.text());
    if (gone() || !socket.get().channel().isWritable()) return Delivery.SKIPPED;
    frame.writeTo(socket.get());
    return Delivery.SENT;
  }

  /** The time is told next at this moment. */
  void clockDue(long dueMs) {
    clockDueMs = dueMs;
  }

  /**
   * Tells the time when that is due. Through the HTTP layer, whose watch for idle connections sees
   * nothing of a frame.
   */
  void tellTime(Buffer bytes, long nowMs, long everyMs) {
    if (nowMs < clockDueMs) return;
    clockDueMs = nowMs + everyMs;
    send(bytes);
  }

  /** Brings the phone up to date, by the delta if that is all it misses. */
  Delivery deliver(News news, long nowMs) {
    var delivery = Delivery.NOTHING_NEW;
    if (heard < news.number()) {
      var hasAllBefore = heard != NOTHING && heard == news.number() - 1;
      delivery = hasAllBefore ? send(news.delta()) : send(news.whole(nowMs));
      if (delivery == Delivery.SENT) heard = news.number();
    }
    if (order.isPresent() && send(order.get().frame(nowMs)) == Delivery.SENT) {
      orderVersionHeard = order.get().version();
      order = Optional.empty();
    }
    return delivery;
  }

  /** Keeps the newest state of the order until it could be sent. */
  void order(OrderNews news) {
    var newest = Math.max(orderVersionHeard, order.map(OrderNews::version).orElse(-1));
    if (news.version() > newest) order = Optional.of(news);
  }

  /** Two looks a second, ten at once; what is beyond is refused. */
  boolean mayLook(long nowMs) {
    var paidUntil = Math.max(looksPaidUntilMs, nowMs) + LOOK_COSTS_MS;
    if (paidUntil - nowMs > LOOKS_AHEAD_MS_MAX) return false;
    looksPaidUntilMs = paidUntil;
    return true;
  }

  /** Whether the phone hung up already. */
  boolean gone() {
    return response.ended() || response.closed();
  }

  /** Ends the stream; the phone comes back after a while of its own. */
  void end(Buffer last) {
    if (!gone()) response.end(last);
  }
}
