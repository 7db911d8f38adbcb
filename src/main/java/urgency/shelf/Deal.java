package urgency.shelf;

import urgency.catalog.VariantId;
import urgency.money.Money;

/**
 * What one variant costs in an edition.
 *
 * @param title product and variant in words, as the order and the receipt show it
 * @param price what a shopper pays while the edition is open
 * @param regular what it costs when the edition is over
 * @param reference lowest price of the 30 days before the edition: the only lawful "was"
 * @param unitsStocked units that could be sold when the edition was published
 * @param perOrderMax most units in one order
 */
public record Deal(
    VariantId variant,
    String title,
    Money price,
    Money regular,
    Money reference,
    int unitsStocked,
    int perOrderMax) {

  /** A flash price: below the reference and below what it costs afterwards. */
  public boolean flash() {
    return price.compareTo(reference) < 0 && price.compareTo(regular) < 0;
  }

  /** Lawful percentage, rounded down; 0 unless {@link #flash}. */
  public int percentOff() {
    return flash() ? price.percentBelow(reference) : 0;
  }
}
