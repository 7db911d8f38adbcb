package urgency.live;

import java.util.function.Consumer;

/**
 * Says short things to all nodes of the shop, this one included. What is said is a hint that may be
 * lost when a node cannot be reached, so whoever speaks says again what still matters.
 *
 * <p>Never used inside a transaction: a notification in PostgreSQL makes commits wait for each
 * other.
 */
public interface LiveBus extends AutoCloseable {
  /** Longest text, in bytes of UTF-8: PostgreSQL carries 8000 with the topic. */
  int TEXT_MAX = 7_000;

  /**
   * Tells every node that listens, this one included.
   *
   * @throws IllegalArgumentException when the text is too long
   */
  void say(String topic, String text);

  /** Hears what is said on a topic from now on, in the order in which each node said it. */
  void hear(String topic, Consumer<String> listener);

  /** Hears nothing any more. */
  @Override
  void close();
}
