package urgency.live;

import io.vertx.core.buffer.Buffer;

/**
 * One state of the moving figures, ready for the wire. The delta is encoded once and shared by all
 * who have the state before; whoever missed one gets the whole.
 */
final class News {
  private final String node;
  private final long number;
  private final Figures figures;
  private final Frame delta;
  private final String whole;

  private News(String node, long number, Figures figures, Frame delta) {
    this.node = node;
    this.number = number;
    this.figures = figures;
    this.delta = delta;
    this.whole = figures.whole();
  }

  /**
   * The state of a node that has felt nothing yet.
   *
   * @param node without a dash; tells this node's numbers from those of others
   */
  static News first(String node) {
    return new News(node, 0, Figures.NONE, Frame.of(""));
  }

  /** The state after this one; this one itself when nothing differs. */
  News next(Figures now, long nowMs) {
    var members = now.since(figures);
    return members.isEmpty()
        ? this
        : new News(node, number + 1, now, Frame.of(frame(number + 1, nowMs, members)));
  }

  /** The number of the state that this id of an event names; -1 when it is not one of ours. */
  long numberOf(String eventId) {
    if (!eventId.startsWith(node + "-")) return -1;
    try {
      var named = Long.parseLong(eventId.substring(node.length() + 1));
      return named <= number ? named : -1;
    } catch (NumberFormatException strange) {
      return -1;
    }
  }

  long number() {
    return number;
  }

  Figures figures() {
    return figures;
  }

  Frame delta() {
    return delta;
  }

  Buffer whole(long nowMs) {
    return Buffer.buffer(frame(number, nowMs, whole));
  }

  private String frame(long number, long nowMs, String members) {
    return "id: %s-%d\nevent: frame\ndata: {\"now\":%d%s}\n\n"
        .formatted(node, number, nowMs, members);
  }
}
