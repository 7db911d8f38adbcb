package urgency.payments.practice;

import java.security.SecureRandom;
import urgency.platform.sql.Database;

/** What this shop's till is known by: made once, kept in the database, shared by all nodes. */
final class TillSecrets {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LENGTH = 32;

  private static final String KEEP =
      """
      insert into practice.secret (name, value)
      values (:name, :value)
          on conflict do nothing
      """;

  private static final String GET = "select value from practice.secret where name = :name";

  private final String apiKey;
  private final String webhookSecret;

  TillSecrets(Database database) {
    apiKey = kept(database, "api-key", "sk_test_");
    webhookSecret = kept(database, "webhook", "whsec_");
  }

  String apiKey() {
    return apiKey;
  }

  String webhookSecret() {
    return webhookSecret;
  }

  /** An id nobody can guess. */
  static String fresh(String prefix, int length) {
    var id = new StringBuilder(prefix);
    for (var i = 0; i < length; i++) id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    return id.toString();
  }

  private static String kept(Database database, String name, String prefix) {
    return database.write(
        tx -> {
          tx.createUpdate(KEEP).bind("name", name).bind("value", fresh(prefix, LENGTH)).execute();
          return tx.createQuery(GET).bind("name", name).mapTo(String.class).one();
        });
  }
}
