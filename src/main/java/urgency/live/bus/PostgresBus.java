package urgency.live.bus;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import urgency.live.LiveBus;
import urgency.platform.sql.Database;

/**
 * A bus over PostgreSQL's LISTEN and NOTIFY. It keeps one connection for listening, and speaks on
 * another, outside of all transactions. A lost connection is opened again; what was said meanwhile
 * is lost, as the port allows.
 */
public final class PostgresBus implements LiveBus {
  private static final Logger LOG = Logger.getLogger(PostgresBus.class);
  private static final String CHANNEL = "urgency_live";
  private static final String SAY = "select pg_notify(:channel, :payload)";
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Listeners listeners = new Listeners();
  private final Database database;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread ear;
  private volatile CountDownLatch listening = new CountDownLatch(1);

  /** Begins to listen at once. */
  public PostgresBus(Database database) {
    this.database = database;
    this.ear = Thread.ofVirtual().name("live-bus").start(this::listen);
  }

  @Override
  public void say(String topic, String text) {
    Listeners.check(text);
    database.read(
        handle ->
            handle
                .createQuery(SAY)
                .bind("channel", CHANNEL)
                .bind("payload", topic + ' ' + text)
                .mapTo(String.class)
                .list());
  }

  @Override
  public void hear(String topic, Consumer<String> listener) {
    listeners.add(topic, listener);
  }

  /** Waits until it hears; whether it does. */
  boolean listensWithin(Duration patience) throws InterruptedException {
    return listening.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closed.countDown();
    listeners.clear();
    try {
      ear.join(WAIT.multipliedBy(4));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    var pause = Duration.ZERO;
    while (!closedWithin(pause)) {
      pause = PAUSE;
      try {
        database.read(this::listen);
      } catch (JdbiException | IllegalStateException lost) {
        if (closed.getCount() > 0) LOG.warn("the bus lost its connection and opens another", lost);
      }
      listening = new CountDownLatch(1);
    }
  }

  private boolean listen(Handle handle) {
    handle.execute("listen " + CHANNEL);
    listening.countDown();
    try {
      var connection = handle.getConnection().unwrap(PGConnection.class);
      while (closed.getCount() > 0) {
        for (var it : connection.getNotifications(Math.toIntExact(WAIT.toMillis()))) tell(it);
      }
      handle.execute("unlisten " + CHANNEL);
      return true;
    } catch (SQLException lost) {
      throw new IllegalStateException("the connection of the bus is lost", lost);
    }
  }

  private void tell(PGNotification news) {
    var payload = news.getParameter();
    var space = payload.indexOf(' ');
    if (space > 0) listeners.tell(payload.substring(0, space), payload.substring(space + 1));
  }

  private boolean closedWithin(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
