package urgency.mail;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.platform.http.HttpSettings;
import urgency.platform.language.Language;
import urgency.platform.language.LanguageSettings;
import urgency.platform.sql.Database;
import urgency.words.Texts;
import urgency.words.Wording;

/**
 * Sends the letters that are due, one after the other. Each is leased first and sent without a
 * transaction open; its id is the same each time, so that a lost answer is no second letter in a
 * mailbox that looks at ids.
 */
@Singleton
final class MailSender {
  static final int ATTEMPTS_MAX = 12;

  private static final Logger LOG = Logger.getLogger(MailSender.class);
  private static final int ROUND_MAX = 50;
  // Longer than a mail server may take over one letter.
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration BACK_OFF_MIN = Duration.ofSeconds(30);
  private static final Duration BACK_OFF_MAX = Duration.ofHours(2);

  private final Database database;
  private final Outbox outbox;
  private final Addresses addresses;
  private final Orders orders;
  private final Printer printer;
  private final Post post;
  private final Seller seller;
  private final String site;
  private final Texts texts;
  private final List<Language> languages;
  private final InstantSource clock;

  MailSender(
      Database database,
      Outbox outbox,
      Addresses addresses,
      Orders orders,
      Printer printer,
      Post post,
      Seller seller,
      HttpSettings http,
      Texts texts,
      LanguageSettings languages,
      InstantSource clock) {
    this.database = database;
    this.outbox = outbox;
    this.addresses = addresses;
    this.orders = orders;
    this.printer = printer;
    this.post = post;
    this.seller = seller;
    this.site = http.siteUrl();
    this.texts = texts;
    this.languages = languages.offered();
    this.clock = clock;
  }

  /** Sends what is due; ends early when the post has no time. */
  void run(Instant start) {
    for (var round = 0; round < ROUND_MAX; round++) {
      var now = clock.instant();
      var due = database.write(tx -> outbox.lease(tx, now, now.plus(LEASE)));
      if (due.isEmpty() || !send(due.get())) return;
    }
  }

  // What the order was placed in, as long as the shop speaks it.
  private Wording wording(OrderId order) {
    var spoken = database.read(tx -> orders.language(tx, order)).filter(languages::contains);
    return texts.in(spoken.orElse(languages.getFirst()));
  }

  private boolean send(Outbox.Due due) {
    var order = database.read(tx -> orders.find(tx, due.order()));
    var address = database.read(tx -> addresses.of(tx, due.order()));
    if (order.isEmpty()) return close(due, Outbox.State.DEAD, "its order is not here");
    if (address.isEmpty()) return close(due, Outbox.State.NO_ADDRESS, "");
    return switch (post(due, order.get(), address.get())) {
      case Post.Outcome.Sent() -> close(due, Outbox.State.SENT, "");
      case Post.Outcome.Refused(var why) -> {
        LOG.errorf("letter %s of order %s was refused: %s", name(due), due.order(), why);
        yield close(due, Outbox.State.DEAD, why);
      }
      case Post.Outcome.NotNow(var why) -> later(due, why);
    };
  }

  // A letter that cannot be drawn must not keep the others from being sent.
  private Post.Outcome post(Outbox.Due due, Order order, EmailAddress to) {
    Mail mail;
    try {
      var view = LetterView.of(due.letter(), order, seller, site, wording(order.id()));
      var printed = printer.print(view);
      mail =
          new Mail(
              order.id() + "." + name(due), to, view.subject(), printed.text(), printed.html());
    } catch (RuntimeException broken) {
      LOG.errorf(broken, "letter %s of order %s cannot be drawn", name(due), order.id());
      return new Post.Outcome.Refused("it cannot be drawn: " + broken);
    }
    return post.send(mail);
  }

  private boolean later(Outbox.Due due, String why) {
    if (due.attempts() >= ATTEMPTS_MAX) {
      LOG.errorf("letter %s of order %s is given up: %s", name(due), due.order(), why);
      return close(due, Outbox.State.DEAD, why);
    }
    var wait = BACK_OFF_MIN.multipliedBy(1L << Math.min(due.attempts() - 1, 10));
    var until = clock.instant().plus(wait.compareTo(BACK_OFF_MAX) < 0 ? wait : BACK_OFF_MAX);
    database.change(tx -> outbox.putOff(tx, due, until, why));
    return false;
  }

  private boolean close(Outbox.Due due, Outbox.State state, String note) {
    database.change(tx -> outbox.close(tx, due, state, note, clock.instant()));
    return true;
  }

  private static String name(Outbox.Due due) {
    var part = due.letter().part().replaceAll("[^A-Za-z0-9_-]", "");
    return due.letter().kind() + (part.isEmpty() ? "" : "." + part);
  }
}
