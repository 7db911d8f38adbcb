package urgency.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import urgency.platform.sql.TestDatabase;

class ReadinessTest {
  @Test
  void a_node_is_ready_while_its_database_answers_and_not_after() {
    var database = TestDatabase.fresh();
    var readiness = new Readiness(database);
    var before = readiness.call().getStatus();

    database.close();

    assertThat(before).isEqualTo(Status.UP);
    assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);
  }
}
