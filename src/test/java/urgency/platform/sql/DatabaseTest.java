package urgency.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  @Test
  void a_fresh_database_is_migrated_and_answers() {
    try (var database = TestDatabase.fresh()) {
      var facts =
          database.read(
              tx -> tx.createQuery("select count(*) from platform.fact").mapTo(Long.class).one());

      assertThat(facts).isZero();
    }
  }

  @Test
  void addresses_as_hosting_providers_print_them_are_understood() {
    assertThat(Database.jdbcUrl("postgres://ada:s3cret@db.example:5433/shelf"))
        .isEqualTo("jdbc:postgresql://db.example:5433/shelf?user=ada&password=s3cret&");
  }

  @Test
  void a_tool_leaves_the_server_running_that_it_found_running() {
    try (var shop = TestDatabase.fresh()) {
      assumeTrue(Files.exists(TestDatabase.FOLDER), "an external server is never stopped anyway");
      var here = new DatabaseSettings("", "", "", 4, TestDatabase.FOLDER, false);

      var tool = Database.reach(here, _ -> {});
      var pid = tool.serverPid().orElseThrow();
      tool.close();

      assertThat(ProcessHandle.of(pid)).isPresent();
      var answer = shop.read(tx -> tx.createQuery("select 1").mapTo(Integer.class).one());
      assertThat(answer).isEqualTo(1);
    }
  }
}
