package urgency.live;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The open phones of one event loop, all told by one task of that loop. It takes short turns, so
 * that a page which is asked for meanwhile waits a millisecond and not for ten thousand phones.
 *
 * <p>Its fields belong to the loop; others hand over by {@link #tell}.
 */
final class Switchboard {
  private static final int TURN = 64;

  private final EventLoop loop;
  private final List<Connection> phones = new ArrayList<>();

  Switchboard(EventLoop loop) {
    this.loop = loop;
  }

  static EventLoop loop(Context context) {
    return ((ContextInternal) context).nettyEventLoop();
  }

  void add(Connection phone) {
    phone.seat(phones.size());
    phones.add(phone);
  }

  /** Forgets a phone; the last one takes its seat. A second call changes nothing. */
  void remove(Connection phone) {
    var seat = phone.seat();
    if (seat < 0) return;
    phone.unseat();
    var last = phones.removeLast();
    if (last != phone) {
      phones.set(seat, last);
      last.seat(seat);
    }
  }

  /**
   * Tells every phone that is here from the first turn to the last, perhaps one of them twice.
   *
   * @param done called on the loop after the last turn
   */
  void tell(Consumer<Connection> word, Runnable done) {
    loop.execute(() -> turn(phones.size() - 1, word, done));
  }

  // From the end: whoever moves to the seat of one that has gone has been told already.
  private void turn(int from, Consumer<Connection> word, Runnable done) {
    var next = from;
    for (var told = 0; told < TURN && next >= 0; told++) {
      next = Math.min(next, phones.size() - 1);
      if (next >= 0) word.accept(phones.get(next));
      next--;
    }
    if (next < 0) {
      done.run();
    } else {
      var rest = next;
      // Not execute: tasks that are due now run before the loop looks at its sockets again.
      var _ = loop.schedule(() -> turn(rest, word, done), 0, TimeUnit.NANOSECONDS);
    }
  }
}
