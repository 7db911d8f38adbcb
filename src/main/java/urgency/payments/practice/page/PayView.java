package urgency.payments.practice.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import urgency.money.Money;
import urgency.payments.StripeAmounts;
import urgency.payments.practice.bank.Session;
import urgency.payments.practice.bank.TestCard;

/**
 * What the payment page shows.
 *
 * @param problem with the last attempt; empty for none
 * @param closesAt when it can no longer be paid, for the clock
 * @param closesIn the same in words, for who has no clock
 * @param debit whether the account and not the card is filled in
 */
public record PayView(
    String session,
    String total,
    List<Line> lines,
    String back,
    boolean open,
    String problem,
    String closesAt,
    String closesIn,
    Fields fields,
    boolean debit,
    boolean takesCards,
    boolean takesDebits) {
  private static final List<Choice> CARDS =
      List.of(
          choice("visa", "is paid at once"),
          choice("authenticationRequiredOnSetup", "asks the bank first"),
          choice("chargeDeclined", "is declined"),
          choice("chargeDeclinedInsufficientFunds", "has too little money"),
          choice("createDispute", "is paid, then disputed"),
          choice("refundFail", "is paid; its refund fails"));

  private static final List<Choice> ACCOUNTS =
      List.of(choice("debitPays", "comes in ten seconds"), choice("debitFails", "does not come"));

  /** One thing on the bill. */
  public record Line(String name, String units, String price) {}

  /** A test card to choose. */
  public record Choice(String token, String number, String says) {}

  /** What stands in the fields, and what is wrong with each. */
  public record Fields(
      String number,
      String wrongNumber,
      String wrongExpiry,
      String wrongCode,
      String iban,
      String wrongIban) {
    static Fields of(TestCard card, TestCard account) {
      return new Fields(card.shown(), "", "", "", account.shown(), "");
    }

    Fields wrongCard(CardForm.Read.Wrong wrong) {
      return new Fields(
          wrong.shown(), wrong.number(), wrong.expiry(), wrong.code(), iban, wrongIban);
    }

    Fields wrongAccount(CardForm.Read.Wrong wrong) {
      return new Fields(number, "", "", "", "", wrong.number());
    }
  }

  public PayView {
    lines = List.copyOf(lines);
  }

  /**
   * @param back where the shop is
   * @param now by the till's clock
   */
  static PayView of(
      Session session, String problem, String back, Fields fields, boolean debit, Instant now) {
    var wish = session.wish();
    return new PayView(
        session.id(),
        money(wish.amount(), wish.currency()),
        wish.lines().stream()
            .map(
                it ->
                    new Line(
                        it.name(),
                        it.units() == 1 ? "" : it.units() + " ×",
                        money(Math.multiplyExact(it.price(), it.units()), wish.currency())))
            .toList(),
        back,
        session.isOpen(now),
        problem,
        session.expiresAt().toString(),
        words(Duration.between(now, session.expiresAt())),
        fields,
        debit,
        wish.methods().contains("card"),
        wish.methods().contains(TestCard.SEPA));
  }

  public List<Choice> cards() {
    return CARDS;
  }

  public List<Choice> accounts() {
    return ACCOUNTS;
  }

  /** An amount of Stripe's as a shopper reads it. */
  static String money(long amount, String currency) {
    var code = currency.toUpperCase(Locale.ROOT);
    return Money.of(StripeAmounts.fromStripe(amount, currency), code).shown(Locale.US);
  }

  private static String words(Duration left) {
    var minutes = Math.max(1, left.toMinutes());
    if (minutes >= 120) return minutes / 60 + " hours";
    return minutes == 1 ? "1 minute" : minutes + " minutes";
  }

  private static Choice choice(String token, String says) {
    var card = TestCard.token(token).orElseThrow();
    return new Choice(token, card.shown(), says);
  }
}
