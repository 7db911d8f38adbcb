package urgency.storefront;

import urgency.money.Money;
import urgency.shelf.Deal;

/**
 * A price as a page sets it apart.
 *
 * @param was the lawful reference; shown only for a flash price
 * @param off whole percent below the reference, 0 unless this is a flash price
 * @param from whether other variants cost more
 */
public record Price(Money now, Money was, int off, boolean from) {

  public static Price plain(Money money) {
    return new Price(money, money, 0, false);
  }

  public static Price of(Deal deal, boolean from) {
    if (!deal.flash()) return new Price(deal.price(), deal.price(), 0, from);
    return new Price(deal.price(), deal.reference(), deal.percentOff(), from);
  }
}
