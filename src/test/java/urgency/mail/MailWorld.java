package urgency.mail;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import urgency.orders.Order;
import urgency.orders.OrderId;
import urgency.orders.OrderWorld;
import urgency.orders.PaymentDesk.SessionState;
import urgency.orders.Placement;
import urgency.platform.http.HttpSettings;
import urgency.platform.language.Language;
import urgency.platform.language.LanguageSettings;
import urgency.words.Texts;

/** A shop with an outbox, a post that remembers, and printing without pages. */
public final class MailWorld implements Post, AutoCloseable {
  public static final EmailAddress ADA = new EmailAddress("ada@shopper.example");
  static final Sender SENDER =
      new Sender(new EmailAddress("shop@shop.example"), "Lamp & Co", Optional.empty());
  static final Seller SELLER =
      new Seller("Lamp & Co", List.of("1 Lamp Street"), "", "", "Tax is included.");

  public final OrderWorld shop = OrderWorld.fresh();
  public final Outbox outbox;
  public final Addresses addresses;
  final MailSender sender;
  final List<Mail> sent = new ArrayList<>();
  Outcome answer = new Outcome.Sent();
  Instant now = OrderWorld.NOW;

  public MailWorld() {
    outbox = new Outbox(settings(MailSettings.Transport.FOLDER));
    addresses = new Addresses(outbox);
    shop.witnesses.add(new OrderLetters(outbox, addresses));
    shop.stocked(OrderWorld.LAMP, 50);
    var http =
        new HttpSettings(
            "127.0.0.1", 8080, 9080, Optional.empty(), false, 240, Path.of("data/media"));
    sender =
        new MailSender(
            shop.database,
            outbox,
            addresses,
            shop.orders,
            view -> new Printer.Printed(view.headline(), "<p>" + view.headline() + "</p>"),
            this,
            SELLER,
            http,
            new Texts(),
            new LanguageSettings(List.of(Language.ENGLISH, Language.GERMAN)),
            () -> now);
  }

  static MailSettings settings(MailSettings.Transport transport) {
    var smtp = new MailSettings.Smtp("", 587, MailSettings.Security.STARTTLS, "", "");
    return new MailSettings(transport, Path.of("target/mail"), smtp, SENDER, Duration.ofDays(60));
  }

  @Override
  public Outcome send(Mail mail) {
    if (answer instanceof Outcome.Sent) sent.add(mail);
    return answer;
  }

  @Override
  public void close() {
    shop.close();
  }

  Order opened(int buyer) {
    return shop.opened(OrderWorld.buyer(buyer), "a", OrderWorld.line(OrderWorld.LAMP, 1));
  }

  public Order paid(int buyer) {
    return paid(opened(buyer), buyer);
  }

  Order paid(int buyer, Language language) {
    var line = List.of(OrderWorld.line(OrderWorld.LAMP, 1));
    var id = OrderId.fresh();
    shop.checkout.place(
        new Placement(id, OrderWorld.buyer(buyer), "a", line, language, OrderWorld.NOW));
    shop.checkout.openPaymentPage(id, OrderWorld.NOW);
    return paid(shop.order(id), buyer);
  }

  private Order paid(Order order, int buyer) {
    var state = shop.desk.pay(order.session().orElseThrow());
    shop.settle(order.id(), reachable(state, ADA.text()), "evt_paid_" + buyer);
    return shop.order(order.id());
  }

  static SessionState reachable(SessionState it, String email) {
    return new SessionState(
        it.id(),
        it.status(),
        it.paymentStatus(),
        it.amountMinor(),
        it.currency(),
        it.live(),
        it.paymentIntent(),
        Optional.of(email),
        it.goods());
  }

  public void send() {
    sender.run(now);
  }

  public List<Outbox.Row> letters() {
    return shop.database.read(
        tx -> outbox.page(tx, Optional.empty(), Instant.ofEpochSecond(1L << 34), 100));
  }

  /** What was sent, by headline. */
  public List<String> headlines() {
    return sent.stream().map(Mail::text).toList();
  }
}
