package urgency.payments.practice;

import urgency.payments.practice.wire.Ids;
import urgency.platform.sql.Database;

/** What this shop's till is known by: made once, kept in the database, shared by all nodes. */
final class TillSecrets {
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

  private static String kept(Database database, String name, String prefix) {
    return database.write(
        tx -> {
          var fresh = Ids.fresh(prefix, LENGTH);
          tx.createUpdate(KEEP).bind("name", name).bind("value", fresh).execute();
          return tx.createQuery(GET).bind("name", name).mapTo(String.class).one();
        });
  }
}
