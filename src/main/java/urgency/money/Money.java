package urgency.money;

import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/**
 * An amount in the minor unit of its currency: cents for USD, yen for JPY. Exact arithmetic; an
 * overflow or a mix of currencies is an exception, never a wrong amount.
 */
public record Money(long minor, Currency currency) implements Comparable<Money> {

  public static Money of(long minor, String currency) {
    return new Money(minor, Currency.getInstance(currency));
  }

  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  public Money plus(Money other) {
    return new Money(Math.addExact(minor, same(other).minor), currency);
  }

  public Money minus(Money other) {
    return new Money(Math.subtractExact(minor, same(other).minor), currency);
  }

  public Money times(int quantity) {
    return new Money(Math.multiplyExact(minor, quantity), currency);
  }

  /** Whole percent by which this is below the other, rounded down; 0 when it is not below. */
  public int percentBelow(Money other) {
    if (same(other).minor <= minor) return 0;
    return Math.toIntExact(Math.multiplyExact(other.minor - minor, 100) / other.minor);
  }

  /** For people, such as {@code $18.19} or {@code €18.19}. */
  public String shown(Locale locale) {
    var digits = Math.max(0, currency.getDefaultFractionDigits());
    var format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(currency);
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(java.math.BigDecimal.valueOf(minor, digits));
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(minor, same(other).minor);
  }

  private Money same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("currencies differ: " + this + " and " + other);
    }
    return other;
  }
}
