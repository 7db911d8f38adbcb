package urgency.platform.http;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import urgency.platform.sql.Database;

/** A random key by which all nodes of one shop sign; made once and kept in the database. */
@Singleton
final class Secret {
  private static final int LENGTH = 32;

  private final byte[] value;

  Secret(Database database) {
    var fresh = new byte[LENGTH];
    new SecureRandom().nextBytes(fresh);
    value =
        database.write(
            tx -> {
              tx.createUpdate(
                      "insert into platform.secret (name, value) values ('visitor', :value)"
                          + " on conflict do nothing")
                  .bind("value", fresh)
                  .execute();
              return tx.createQuery("select value from platform.secret where name = 'visitor'")
                  .mapTo(byte[].class)
                  .one();
            });
  }

  byte[] value() {
    return value.clone();
  }
}
