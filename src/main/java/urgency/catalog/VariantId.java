package urgency.catalog;

import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Identifies a variant of a product. */
public record VariantId(UUID value) implements Comparable<VariantId> {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

  /** The variant that 32 hexadecimal digits name, if they are that. */
  public static Optional<VariantId> parse(String hex) {
    if (!HEX.matcher(hex).matches()) return Optional.empty();
    var number = new BigInteger(hex, 16);
    return Optional.of(
        new VariantId(new UUID(number.shiftRight(64).longValue(), number.longValue())));
  }

  /** Its 32 hexadecimal digits, as in addresses and forms. */
  public String hex() {
    return value.toString().replace("-", "");
  }

  @Override
  public int compareTo(VariantId other) {
    return value.compareTo(other.value);
  }
}
