package urgency.payments.practice.wire;

import java.security.SecureRandom;

/** Ids and secrets as Stripe writes them: a prefix and letters nobody can guess. */
public final class Ids {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LENGTH = 24;

  private Ids() {}

  /** Of the usual length. */
  public static String fresh(String prefix) {
    return fresh(prefix, LENGTH);
  }

  /**
   * A fresh id with this prefix.
   *
   * @param length of what follows the prefix
   */
  public static String fresh(String prefix, int length) {
    var id = new StringBuilder(prefix);
    for (var i = 0; i < length; i++) id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    return id.toString();
  }
}
