package urgency.payments;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import urgency.money.Money;

/**
 * Amounts as Stripe counts them. Its smallest unit is that of ISO 4217 but for the currencies in
 * this table.
 */
public final class StripeAmounts {
  // Digits after the point at Stripe, where ISO 4217 says otherwise. MGA is counted whole; ISK and
  // UGX have no smaller unit any more but are still counted in hundredths.
  private static final Map<String, Integer> DIGITS = Map.of("MGA", 0, "ISK", 2, "UGX", 2);

  /** Stripe takes these only with a last digit of zero. */
  private static final Set<String> TENS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  /** What can never equal an amount of ours. */
  public static final long NO_AMOUNT = -1;

  private StripeAmounts() {}

  /**
   * The amount in Stripe's smallest unit.
   *
   * @throws ArithmeticException when Stripe has no such amount, as half an ariary
   */
  public static long toStripe(Money money) {
    var minor = money.minor();
    var code = money.currency().getCurrencyCode();
    var shift = digits(money.currency()) - money.currency().getDefaultFractionDigits();
    var stripe = shift >= 0 ? Math.multiplyExact(minor, tens(shift)) : exact(minor, tens(-shift));
    if (TENS.contains(code) && stripe % 10 != 0) {
      throw new ArithmeticException("Stripe wants whole tens in " + code + ": " + stripe);
    }
    return stripe;
  }

  /** The amount in our minor unit, or {@link #NO_AMOUNT} when it cannot be one of ours. */
  public static long fromStripe(long stripe, String currency) {
    try {
      var known = Currency.getInstance(currency.toUpperCase(Locale.ROOT));
      var shift = digits(known) - known.getDefaultFractionDigits();
      return shift >= 0 ? exact(stripe, tens(shift)) : Math.multiplyExact(stripe, tens(-shift));
    } catch (IllegalArgumentException | ArithmeticException notOurs) {
      return NO_AMOUNT;
    }
  }

  private static int digits(Currency currency) {
    return DIGITS.getOrDefault(currency.getCurrencyCode(), currency.getDefaultFractionDigits());
  }

  private static long exact(long amount, long divisor) {
    if (amount % divisor != 0) throw new ArithmeticException(amount + " is no multiple");
    return amount / divisor;
  }

  private static long tens(int power) {
    var result = 1L;
    for (var i = 0; i < power; i++) result *= 10;
    return result;
  }
}
