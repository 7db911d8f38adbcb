package urgency.live.bus;

import java.util.function.Consumer;
import urgency.live.LiveBus;

/** A bus for a shop of one node: what is said is heard at once, on the speaker's thread. */
public final class ProcessBus implements LiveBus {
  private final Listeners listeners = new Listeners();

  @Override
  public synchronized void say(String topic, String text) {
    Listeners.check(text);
    listeners.tell(topic, text);
  }

  @Override
  public void close() {
    listeners.clear();
  }

  @Override
  public void hear(String topic, Consumer<String> listener) {
    listeners.add(topic, listener);
  }
}
