package urgency.platform.metrics;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jdbi.v3.core.JdbiException;
import urgency.platform.sql.Database;

/**
 * Whether this node can serve now: its database answers. A node that cannot reach it still shows
 * the shelf it has rendered, but must not be sent new shoppers.
 */
@Singleton
@org.eclipse.microprofile.health.Readiness
final class Readiness implements HealthCheck {
  private static final int ANSWER_SECONDS_MAX = 2;

  private final Database database;

  Readiness(Database database) {
    this.database = database;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("database").status(answers()).build();
  }

  private boolean answers() {
    try {
      return database.read(tx -> isValid(tx.getConnection()));
    } catch (JdbiException unreachable) {
      return false;
    }
  }

  private static boolean isValid(Connection connection) {
    try {
      return connection.isValid(ANSWER_SECONDS_MAX);
    } catch (SQLException broken) {
      return false;
    }
  }
}
