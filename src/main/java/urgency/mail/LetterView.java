package urgency.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import urgency.money.Money;
import urgency.orders.Order;

/**
 * What a letter says; both of its parts are drawn from this.
 *
 * @param paragraphs what there is to say
 * @param lines what was bought; empty where it does not matter
 * @param facts words and values, such as the number of the order
 * @param link to the order's page, which only the browser that ordered may see
 */
record LetterView(
    String subject,
    String headline,
    List<String> paragraphs,
    List<Line> lines,
    String total,
    List<Fact> facts,
    String link,
    Seller seller) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Units of one thing, each at this price. */
  record Line(int units, String title, String each, String sum) {}

  record Fact(String word, String value) {}

  LetterView {
    paragraphs = List.copyOf(paragraphs);
    lines = List.copyOf(lines);
    facts = List.copyOf(facts);
  }

  /**
   * @param site address of the shop, without a trailing slash
   */
  static LetterView of(Letter letter, Order order, Seller seller, String site) {
    var link = site + "/orders/" + order.id();
    return switch (letter) {
      case Letter.Receipt() -> receipt(order, seller, link + "/receipt");
      case Letter.PaymentFailed() ->
          new LetterView(
              "Your payment did not go through",
              "Your payment did not go through",
              List.of(
                  "Your bank has not paid this order. You were not charged, and its units went"
                      + " back to the shelf."),
              lines(order),
              shown(order.total()),
              facts(order),
              link,
              seller);
      case Letter.RefundSent(var refund, var minor) -> {
        var amount = shown(new Money(minor, order.total().currency()));
        var facts = new ArrayList<>(facts(order));
        facts.add(new Fact("Refund", refund));
        yield new LetterView(
            "Your refund of " + amount,
            amount + " is on its way back",
            List.of("It goes back the way you paid. Your bank may need some days to show it."),
            List.of(),
            "",
            facts,
            link,
            seller);
      }
      case Letter.Withdrawn(var name, var at) -> withdrawn(order, name, at, seller, link);
    };
  }

  private static LetterView receipt(Order order, Seller seller, String link) {
    var facts = new ArrayList<>(facts(order));
    order.facts().paidAt().ifPresent(it -> facts.add(new Fact("Paid", TIME.format(it))));
    facts.add(new Fact("Payment", order.facts().intent()));
    if (!seller.taxNote().isEmpty()) facts.add(new Fact("Tax", seller.taxNote()));
    return new LetterView(
        "Your receipt",
        "It’s yours. Thank you.",
        List.of("Paid in full. This letter is your receipt."),
        lines(order),
        shown(order.total()),
        facts,
        link,
        seller);
  }

  // What the law asks to be confirmed: the statement itself, and when it came.
  private static LetterView withdrawn(
      Order order, String name, Instant at, Seller seller, String link) {
    var facts = new ArrayList<>(facts(order));
    facts.add(new Fact("Name", name));
    facts.add(new Fact("Statement", "I withdraw from the contract about this order."));
    facts.add(new Fact("Received", TIME.format(at)));
    return new LetterView(
        "Your withdrawal has been received",
        "Your withdrawal has been received",
        List.of(
            "This confirms the statement that you made on our page, word by word, and when we"
                + " received it. Please keep it.",
            "We send your money back the way you paid, within 14 days of your statement. If we"
                + " have sent you goods, we may wait until they are back."),
        lines(order),
        shown(order.total()),
        facts,
        link,
        seller);
  }

  private static List<Line> lines(Order order) {
    return order.lines().stream()
        .map(
            it ->
                new Line(
                    it.units(), it.title(), shown(it.price()), shown(it.price().times(it.units()))))
        .toList();
  }

  private static List<Fact> facts(Order order) {
    return List.of(
        new Fact("Order", order.id().toString()),
        new Fact("Placed", TIME.format(order.placedAt())));
  }

  private static String shown(Money money) {
    return money.shown(Locale.US);
  }
}
