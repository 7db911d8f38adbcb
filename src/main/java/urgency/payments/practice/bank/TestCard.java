package urgency.payments.practice.bank;

import java.util.List;
import java.util.Optional;

/**
 * The cards and accounts that Stripe publishes for practice, and what happens to a payment with
 * each. Any other number is refused, so that nobody's real one is ever kept.
 *
 * @param number of the card, or the IBAN of the account
 * @param brand of the card; {@code sepa_debit} for an account
 * @param token by which programs name it, behind {@code pm_card_} or {@code tok_}; may be empty
 * @param code of the error, when it is declined
 * @param declineCode the finer reason, when there is one
 * @param says what the shopper is told when it is declined
 */
public record TestCard(
    String number,
    String brand,
    String token,
    Conduct conduct,
    String code,
    String declineCode,
    String says) {
  /** What happens to a payment. */
  public enum Conduct {
    PAYS,
    DECLINED,
    /** The shopper must confirm it to the bank first. */
    STEP,
    DISPUTED,
    INQUIRY,
    REFUND_SLOW,
    REFUND_FAILS,
    SLOW,
    SLOW_FAILS
  }

  /** A debit by IBAN. */
  public static final String SEPA = "sepa_debit";

  private static final List<TestCard> ALL =
      List.of(
          card("4242424242424242", "visa", "visa", Conduct.PAYS),
          card("5555555555554444", "mastercard", "mastercard", Conduct.PAYS),
          card("378282246310005", "amex", "amex", Conduct.PAYS),
          card("4000002500003155", "visa", "authenticationRequiredOnSetup", Conduct.STEP),
          card("4000002760003184", "visa", "authenticationRequired", Conduct.STEP),
          card("4000000000003220", "visa", "threeDSecure2Required", Conduct.STEP),
          card("4000000000000259", "visa", "createDispute", Conduct.DISPUTED),
          card("4000000000001976", "visa", "createDisputeInquiry", Conduct.INQUIRY),
          card("4000000000007726", "visa", "pendingRefund", Conduct.REFUND_SLOW),
          card("4000000000005126", "visa", "refundFail", Conduct.REFUND_FAILS),
          declined(
              "4000000000000002",
              "chargeDeclined",
              "card_declined",
              "generic_decline",
              "Your card was declined."),
          declined(
              "4000000000009995",
              "chargeDeclinedInsufficientFunds",
              "card_declined",
              "insufficient_funds",
              "Your card has insufficient funds."),
          declined(
              "4000000000000069",
              "chargeDeclinedExpiredCard",
              "expired_card",
              "expired_card",
              "Your card has expired."),
          declined(
              "4000000000000127",
              "chargeDeclinedIncorrectCvc",
              "incorrect_cvc",
              "incorrect_cvc",
              "Your card's security code is incorrect."),
          declined(
              "4000000000000119",
              "chargeDeclinedProcessingError",
              "processing_error",
              "processing_error",
              "An error occurred while processing your card. Try again in a little bit."),
          account("AT611904300234573201", "debitPays", Conduct.SLOW),
          account("DE89370400440532013000", "", Conduct.SLOW),
          account("AT861904300235473202", "debitFails", Conduct.SLOW_FAILS),
          account("DE62370400440532013001", "", Conduct.SLOW_FAILS),
          account("IT60X0542811101000000123456", "", Conduct.SLOW_FAILS));

  /** By its number or IBAN; spaces do not matter. */
  public static Optional<TestCard> numbered(String number) {
    var plain = number.replaceAll("[\\s-]", "").toUpperCase(java.util.Locale.ROOT);
    return ALL.stream().filter(it -> it.number().equals(plain)).findFirst();
  }

  /** By the name that programs use, {@code pm_card_visa} or {@code tok_visa}. */
  public static Optional<TestCard> named(String name) {
    var plain = name.replaceFirst("^(pm_card_|tok_)(visa_(?=.))?", "");
    return ALL.stream()
        .filter(it -> !it.token().isEmpty() && it.token().equals(plain))
        .filter(_ -> name.startsWith("pm_card_") || name.startsWith("tok_"))
        .findFirst();
  }

  /** By the name alone, without what programs write before it. */
  public static Optional<TestCard> token(String token) {
    return ALL.stream().filter(it -> !token.isEmpty() && it.token().equals(token)).findFirst();
  }

  /** The number as it stands on the card, in groups. */
  public String shown() {
    return number.length() == 15
        ? number.replaceFirst("(.{4})(.{6})(.{5})", "$1 $2 $3")
        : number.replaceAll("(.{4})(?=.)", "$1 ");
  }

  public boolean isAccount() {
    return brand.equals(SEPA);
  }

  public String last4() {
    return number.substring(number.length() - 4);
  }

  private static TestCard card(String number, String brand, String token, Conduct conduct) {
    return new TestCard(number, brand, token, conduct, "", "", "");
  }

  private static TestCard declined(
      String number, String token, String code, String declineCode, String says) {
    return new TestCard(number, "visa", token, Conduct.DECLINED, code, declineCode, says);
  }

  private static TestCard account(String iban, String token, Conduct conduct) {
    return new TestCard(iban, SEPA, token, conduct, "", "", "");
  }
}
