package urgency.storefront;

import java.util.Locale;
import urgency.money.Money;
import urgency.shelf.Deal;

/**
 * A price in the parts that a page sets apart.
 *
 * @param sign currency sign, set small and high
 * @param was the lawful reference, empty unless this is a flash price
 * @param off whole percent below the reference, 0 unless this is a flash price
 * @param from whether other variants cost more
 */
public record Price(String sign, String amount, String was, int off, boolean from) {

  public static Price plain(Money money) {
    var shown = money.shown(Locale.US);
    var digits = 0;
    while (digits < shown.length() && !Character.isDigit(shown.charAt(digits))) digits++;
    return new Price(shown.substring(0, digits), shown.substring(digits), "", 0, false);
  }

  public static Price of(Deal deal, boolean from) {
    var plain = plain(deal.price());
    if (!deal.flash()) return new Price(plain.sign(), plain.amount(), "", 0, from);
    return new Price(
        plain.sign(), plain.amount(), deal.reference().shown(Locale.US), deal.percentOff(), from);
  }

  String shown() {
    return sign + amount;
  }
}
