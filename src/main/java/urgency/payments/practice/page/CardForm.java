package urgency.payments.practice.page;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import urgency.payments.practice.bank.TestCard;

/** What a shopper typed, read as a payment page reads it: a test card, or what is wrong with it. */
final class CardForm {
  private static final Pattern EXPIRY = Pattern.compile("\\s*(\\d{1,2})\\s*/?\\s*(\\d{2})\\s*");
  private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]+@[^\\s@\\p{Cntrl}]+");
  private static final int EMAIL_MAX = 254;
  private static final String PRACTICE_ONLY =
      "This is a practice page and takes test cards only. Never type a real one here.";

  /** What came of reading it. */
  sealed interface Read {
    record Fine(TestCard card) implements Read {}

    /**
     * One sentence for each field; empty where nothing is wrong.
     *
     * @param shown the number if it is a test card's, and never another
     */
    record Wrong(String number, String expiry, String code, String shown) implements Read {}
  }

  private CardForm() {}

  static Read card(String number, String expiry, String code, Instant now) {
    var test = TestCard.numbered(number).filter(it -> !it.isAccount());
    var wrong =
        new Read.Wrong(
            test.isPresent() ? "" : wrongNumber(number),
            wrongExpiry(expiry, now),
            code.strip().matches("\\d{3,4}") ? "" : "The security code has three or four digits.",
            test.map(TestCard::shown).orElse(""));
    var fine = wrong.number().isEmpty() && wrong.expiry().isEmpty() && wrong.code().isEmpty();
    return test.isPresent() && fine ? new Read.Fine(test.get()) : wrong;
  }

  static Read account(String iban) {
    return TestCard.numbered(iban)
        .filter(TestCard::isAccount)
        .<Read>map(Read.Fine::new)
        .orElseGet(() -> new Read.Wrong(wrongIban(iban), "", "", ""));
  }

  /** Whether a receipt could go there; what cannot be is left out, as nobody must give one. */
  static boolean isEmail(String email) {
    return email.length() <= EMAIL_MAX && EMAIL.matcher(email.strip()).matches();
  }

  private static String wrongNumber(String number) {
    var plain = number.replaceAll("[\\s-]", "");
    if (!plain.matches("\\d{12,19}")) return "The card number is incomplete.";
    return isLuhn(plain) ? PRACTICE_ONLY : "The card number is invalid.";
  }

  private static String wrongIban(String iban) {
    var plain = iban.replaceAll("[\\s-]", "");
    return plain.matches("[A-Za-z]{2}\\d{2}[A-Za-z0-9]{11,30}")
        ? PRACTICE_ONLY
        : "The IBAN is incomplete.";
  }

  private static String wrongExpiry(String expiry, Instant now) {
    var matcher = EXPIRY.matcher(expiry);
    if (!matcher.matches()) return "Write month and year, such as 12 / 34.";
    var month = Integer.parseInt(matcher.group(1));
    if (month < 1 || month > 12) return "There is no such month.";
    var last = YearMonth.of(2_000 + Integer.parseInt(matcher.group(2)), month);
    var today = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    return last.isBefore(today) ? "The card has expired." : "";
  }

  // The sum that every card number fulfils.
  private static boolean isLuhn(String digits) {
    var sum = 0;
    for (var i = 0; i < digits.length(); i++) {
      var digit = digits.charAt(digits.length() - 1 - i) - '0';
      var twice = i % 2 == 1 ? digit * 2 : digit;
      sum += twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
  }
}
