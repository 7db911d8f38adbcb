package urgency.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.words.Wording;

/**
 * What a letter says, in one language; both of its parts are drawn from this.
 *
 * @param paragraphs what there is to say
 * @param lines what was bought; empty where it does not matter
 * @param total with its word; empty value where it does not matter
 * @param facts words and values, such as the number of the order
 * @param link to the order's page, which only the browser that ordered may see
 */
record LetterView(
    String language,
    String subject,
    String headline,
    List<String> paragraphs,
    List<Line> lines,
    Fact total,
    List<Fact> facts,
    Fact link,
    Seller seller) {
  // The second matters to whoever must prove it, in any language.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Units of one thing, each at this price. */
  record Line(int units, String title, String each, String sum) {}

  record Fact(String word, String value) {}

  /** Words of the language, and whatever is the same in all letters of an order. */
  private record Draft(Order order, Seller seller, String link, Wording say) {
    LetterView letter(
        String subject,
        String headline,
        List<String> paragraphs,
        boolean withLines,
        List<Fact> facts) {
      var all = new ArrayList<Fact>();
      all.add(new Fact(say.plain("withdrawn_order"), order.id().toString()));
      all.add(new Fact(say.plain("letter_placed"), TIME.format(order.placedAt())));
      all.addAll(facts);
      return new LetterView(
          say.language().tag(),
          subject,
          headline,
          paragraphs,
          withLines ? lines() : List.of(),
          new Fact(say.plain("total"), withLines ? say.money(order.total()) : ""),
          all,
          new Fact(say.plain("letter_link"), link),
          seller);
    }

    private List<Line> lines() {
      return order.lines().stream()
          .map(
              it ->
                  new Line(
                      it.units(),
                      it.title(),
                      say.plain("letter_each", it.price()),
                      say.money(it.price().times(it.units()))))
          .toList();
    }
  }

  LetterView {
    paragraphs = List.copyOf(paragraphs);
    lines = List.copyOf(lines);
    facts = List.copyOf(facts);
  }

  /**
   * @param site address of the shop, without a trailing slash
   */
  static LetterView of(Letter letter, Order order, Seller seller, String site, Wording say) {
    var draft = new Draft(order, seller, site + "/orders/" + order.id(), say);
    return switch (letter) {
      case Letter.Receipt() -> receipt(order, seller, site, say);
      case Letter.PaymentFailed() ->
          draft.letter(
              say.plain("letter_failed"),
              say.plain("letter_failed"),
              List.of(say.plain("letter_failed_detail")),
              true,
              List.of());
      case Letter.RefundSent(var refund, var minor) -> {
        var amount = new Money(minor, order.total().currency());
        yield draft.letter(
            say.plain("letter_refund_subject", amount),
            say.plain("letter_refund", amount),
            List.of(say.plain("letter_refund_detail")),
            false,
            List.of(new Fact(say.plain("letter_refund_number"), refund)));
      }
      case Letter.Withdrawn(var name, var at) -> withdrawn(draft, name, at, say);
    };
  }

  private static LetterView receipt(Order order, Seller seller, String site, Wording say) {
    var draft = new Draft(order, seller, site + "/orders/" + order.id() + "/receipt", say);
    var facts = new ArrayList<Fact>();
    order
        .facts()
        .paidAt()
        .ifPresent(it -> facts.add(new Fact(say.plain("letter_paid_at"), TIME.format(it))));
    facts.add(new Fact(say.plain("receipt_payment"), order.facts().intent()));
    if (!seller.taxNote().isEmpty()) {
      facts.add(new Fact(say.plain("receipt_tax"), seller.taxNote()));
    }
    return draft.letter(
        say.plain("letter_paid_subject"),
        say.plain("letter_paid"),
        List.of(say.plain("letter_paid_detail")),
        true,
        facts);
  }

  // What the law asks to be confirmed: the statement itself, and when it came.
  private static LetterView withdrawn(Draft draft, String name, Instant at, Wording say) {
    return draft.letter(
        say.plain("letter_withdrawn"),
        say.plain("letter_withdrawn"),
        List.of(say.plain("letter_withdrawn_detail"), say.plain("withdrawn_detail")),
        true,
        List.of(
            new Fact(say.plain("withdrawn_name"), name),
            new Fact(say.plain("withdrawn_statement"), say.plain("withdraw_statement")),
            new Fact(say.plain("withdrawn_at"), TIME.format(at))));
  }
}
