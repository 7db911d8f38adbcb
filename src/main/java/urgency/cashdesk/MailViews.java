package urgency.cashdesk;

import java.util.List;
import urgency.admin.AdminView;
import urgency.mail.Outbox;

/** What the operator's page about letters shows. */
final class MailViews {
  /** A letter, without where it went. */
  record Row(
      String order,
      String kind,
      String at,
      String state,
      String tone,
      int attempts,
      String next,
      String error) {}

  /**
   * The letters.
   *
   * @param older where the next page is; empty on the last one
   */
  record Listing(
      AdminView.Frame frame,
      String notice,
      long due,
      long dead,
      List<Row> deadLetters,
      List<Row> rows,
      String older) {}

  private MailViews() {}

  static Row row(Outbox.Row it) {
    return new Row(
        it.order().toString(),
        words(it.kind()),
        AdminView.time(it.writtenAt()),
        state(it.state()),
        tone(it.state()),
        it.attempts(),
        it.state() == Outbox.State.DUE ? AdminView.time(it.attemptAt()) : "",
        it.lastError());
  }

  private static String words(String kind) {
    var words = kind.replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String state(Outbox.State state) {
    return switch (state) {
      case DUE -> "waiting";
      case SENT -> "sent";
      case NO_ADDRESS -> "no address";
      case DEAD -> "dead";
    };
  }

  private static String tone(Outbox.State state) {
    return switch (state) {
      case SENT -> "good";
      case DEAD -> "care";
      case DUE, NO_ADDRESS -> "plain";
    };
  }
}
