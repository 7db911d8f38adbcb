package urgency.mail;

import java.util.Arrays;
import java.util.List;
import urgency.platform.settings.Settings;

/**
 * Who sells, as buyers must be told on receipts and in letters.
 *
 * @param address one line each
 * @param email where buyers write to; empty when none is set
 * @param taxNote what receipts say about tax
 */
public record Seller(
    String name, List<String> address, String email, String taxId, String taxNote) {
  private static final int TEXT_MAX = 500;

  public Seller {
    address = List.copyOf(address);
  }

  public static Seller read(Settings in) {
    return new Seller(
        line(in, "shop.legal-name", "Urgency Shelf", "Name of who sells, as the law wants it."),
        Arrays.stream(
                line(in, "shop.legal-address", "", "Postal address; lines separated by semicolons.")
                    .split(";"))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .toList(),
        line(in, "shop.legal-email", "", "Address that buyers can write to."),
        line(in, "shop.legal-tax-id", "", "Tax or VAT number of the seller."),
        line(
            in,
            "shop.legal-tax-note",
            "All taxes are included in the total.",
            "What receipts say about tax."));
  }

  private static String line(Settings in, String key, String byDefault, String meaning) {
    var text = in.text(key, byDefault, meaning).strip();
    if (text.length() > TEXT_MAX || text.chars().anyMatch(Character::isISOControl)) {
      in.refuse(key + " must be one line of at most " + TEXT_MAX + " characters.");
      return byDefault;
    }
    return text;
  }
}
