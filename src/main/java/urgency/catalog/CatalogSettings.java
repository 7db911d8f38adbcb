package urgency.catalog;

import java.util.Currency;
import java.util.List;
import urgency.platform.settings.Settings;

/**
 * What kind of goods the shop deals in.
 *
 * @param currency every price of the shop is in it
 * @param demo whether an empty catalogue is filled with the demo products at start
 */
public record CatalogSettings(Currency currency, boolean demo) {
  // Each has two decimals or none, and can be charged by card.
  static final List<String> CURRENCIES =
      List.of(
          "AED", "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "ILS", "INR", "JPY",
          "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SAR", "SEK", "SGD", "THB", "USD",
          "ZAR");

  public static CatalogSettings read(Settings in) {
    return new CatalogSettings(
        Currency.getInstance(
            in.choice("shop.currency", "USD", CURRENCIES, "The one currency of all prices.")),
        in.flag("shop.demo", true, "Fill an empty catalogue with demo products at start."));
  }
}
