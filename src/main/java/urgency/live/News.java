package urgency.live;

import io.vertx.core.buffer.Buffer;

/**
 * One state of the moving figures, ready for the wire. The delta is encoded once and shared by all
 * who have the state before; whoever missed one gets the whole.
 */
final class News {
  /** The state of a node that has felt nothing yet. */
  static final News NONE = new News(0, Figures.NONE, Buffer.buffer());

  private final long number;
  private final Figures figures;
  private final Buffer delta;
  private final String whole;

  private News(long number, Figures figures, Buffer delta) {
    this.number = number;
    this.figures = figures;
    this.delta = delta;
    this.whole = figures.whole();
  }

  /** The state after this one; this one itself when nothing differs. */
  News next(Figures now, long nowMs) {
    var members = now.since(figures);
    return members.isEmpty()
        ? this
        : new News(number + 1, now, Buffer.buffer(frame(number + 1, nowMs, members)));
  }

  long number() {
    return number;
  }

  Figures figures() {
    return figures;
  }

  Buffer delta() {
    return delta;
  }

  Buffer whole(long nowMs) {
    return Buffer.buffer(frame(number, nowMs, whole));
  }

  private static String frame(long number, long nowMs, String members) {
    return "id: %d\nevent: frame\ndata: {\"now\":%d%s}\n\n".formatted(number, nowMs, members);
  }
}
