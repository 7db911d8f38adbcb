package urgency.cashdesk;

import java.util.List;
import java.util.Optional;
import urgency.admin.AdminView;
import urgency.payments.Inbox;
import urgency.platform.http.BadInput;

/**
 * A wish to work events off once more: one of them, those of a type or a state, those of a stretch
 * of time, or several of that together.
 *
 * @param from as it was typed, in UTC; empty for no bound
 * @param until as it was typed; what was received then is not meant
 * @param word the status as it was typed
 */
record Replay(
    String event,
    String type,
    Optional<Inbox.Status> status,
    String from,
    String until,
    String word) {

  Inbox.Choice choice() {
    if (status.filter(it -> it == Inbox.Status.NEW).isPresent()) {
      throw new BadInput("status", "dead, ignored or done: what waits needs no replay");
    }
    if (event.isEmpty() && type.isEmpty() && status.isEmpty() && from.isEmpty()) {
      throw new BadInput("type", "say what to replay: an event, a type, a state or a time");
    }
    var all = Inbox.Choice.ALL;
    var begin = from.isEmpty() ? all.from() : Stretch.instant("from", from);
    var end = until.isEmpty() ? all.until() : Stretch.instant("until", until);
    if (!begin.isBefore(end)) throw new BadInput("until", "a time after the first one");
    return new Inbox.Choice(event, type, status, begin, end);
  }

  String question(int count) {
    if (!event.isEmpty()) return "Replay " + event + "?";
    if (count > InboxPages.REPLAY_MAX) {
      return "Replay the oldest %d events of more?".formatted(InboxPages.REPLAY_MAX);
    }
    return count == 1 ? "Replay 1 event?" : "Replay %d events?".formatted(count);
  }

  /** Names what is meant, in a sentence. */
  String detail() {
    var said = new StringBuilder(event.isEmpty() ? "Events" : event);
    if (!type.isEmpty()) said.append(" of type ").append(type);
    if (!word.isEmpty()) said.append(" that are ").append(word);
    if (!from.isEmpty()) said.append(" received from ").append(from).append(" UTC");
    if (!until.isEmpty()) said.append(" until ").append(until).append(" UTC");
    return said.append(". What an order knows already changes nothing.").toString();
  }

  String back() {
    return event.isEmpty() ? "/admin/inbox" : "/admin/inbox/" + event;
  }

  List<AdminView.Field> fields() {
    return List.of(
        new AdminView.Field("event", event),
        new AdminView.Field("type", type),
        new AdminView.Field("status", word),
        new AdminView.Field("from", from),
        new AdminView.Field("until", until));
  }
}
