package urgency.payments;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The payment provider, read: what it would have told us, asked for. Never called while a
 * transaction is open; every call answers within ten seconds.
 */
public interface EventSource {
  /** The types of the events that the shop acts upon. */
  List<String> TYPES = Envelope.USED.keySet().stream().sorted().toList();

  /** What an event can be about. */
  enum Kind {
    SESSION,
    CHARGE,
    REFUND,
    DISPUTE
  }

  /**
   * A stretch of a list, newest first.
   *
   * @param more whether the list goes on after the last of these
   */
  record Page(List<JsonNode> items, boolean more) {
    public Page {
      items = List.copyOf(items);
    }
  }

  /** The object as it is now; empty when it cannot be had. */
  Optional<JsonNode> fetch(Kind kind, String id);

  /**
   * Events that were made from one instant until before another; empty when there is no answer.
   *
   * @param after continues after this id; empty for the beginning
   */
  Optional<Page> events(Instant from, Instant until, String after);

  /** Sessions that were made from one instant until before another, in the same way. */
  Optional<Page> sessions(Instant from, Instant until, String after);
}
