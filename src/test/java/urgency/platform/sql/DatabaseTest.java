package urgency.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final int CONNECTIONS = 5;

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
  void after_the_server_cut_every_connection_each_fails_once_at_most() {
    try (var database = TestDatabase.fresh()) {
      assertThat(failuresOfAllAtOnce(database)).isZero();
      cutAll(database);

      var failures = 0;
      for (var i = 0; i < 3; i++) failures += failuresOfAllAtOnce(database);

      assertThat(failures).isBetween(1, CONNECTIONS);
      assertThat(failuresOfAllAtOnce(database)).isZero();
    }
  }

  // Everybody has a connection before anybody uses it.
  private static int failuresOfAllAtOnce(Database database) {
    var together = new CyclicBarrier(CONNECTIONS);
    var failures = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < CONNECTIONS; i++) {
        threads.execute(
            () -> {
              try {
                database.read(
                    tx -> {
                      await(together);
                      return tx.createQuery("select 1").mapTo(Integer.class).one();
                    });
              } catch (JdbiException cut) {
                failures.incrementAndGet();
              }
            });
      }
    }
    return failures.get();
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException trouble) {
      throw new IllegalStateException(trouble);
    }
  }

  private static void cutAll(Database database) {
    database.read(
        tx ->
            tx.createQuery(
                    """
                    select count(pg_terminate_backend(pid))
                      from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()
                    """)
                .mapTo(Long.class)
                .one());
  }

  @Test
  void a_tool_leaves_the_server_running_that_it_found_running() {
    try (var shop = TestDatabase.fresh()) {
      assumeTrue(Files.exists(TestDatabase.FOLDER), "an external server is never stopped anyway");
      var here = new DatabaseSettings("", "", "", 4, TestDatabase.FOLDER, Optional.empty(), false);

      var tool = Database.reach(here, _ -> {});
      var pid = tool.serverPid().orElseThrow();
      tool.close();

      assertThat(ProcessHandle.of(pid)).isPresent();
      var answer = shop.read(tx -> tx.createQuery("select 1").mapTo(Integer.class).one());
      assertThat(answer).isEqualTo(1);
    }
  }

  @Test
  void two_fresh_data_folders_at_once_share_nothing(@TempDir Path temp) {
    var prepared = Optional.of(temp.resolve("prepared"));
    try (var first = open(temp.resolve("first"), prepared)) {
      write(first, "first");
    }
    try (var one = open(temp.resolve("one"), prepared);
        var two = open(temp.resolve("two"), prepared)) {
      write(one, "one");
      write(two, "two");

      assertThat(secrets(one)).containsExactly("one");
      assertThat(secrets(two)).containsExactly("two");
    }
  }

  @Test
  void who_comes_second_with_a_folder_leaves_nothing_behind(@TempDir Path temp) throws IOException {
    var target = temp.resolve("spare");
    for (var text : List.of("first", "second")) {
      var fresh = EmbeddedPostgres.unfinished(target);
      Files.writeString(Files.createDirectory(fresh.resolve("inside")).resolve("file"), text);
      EmbeddedPostgres.settle(fresh, target);
    }

    assertThat(target.resolve("inside/file")).hasContent("first");
    assertThat(temp.toFile().list()).containsExactly("spare");
  }

  private static Database open(Path folder, Optional<Path> prepared) {
    return Database.open(new DatabaseSettings("", "", "", 4, folder, prepared, true), _ -> {});
  }

  private static void write(Database database, String name) {
    database.change(
        tx -> tx.execute("insert into platform.secret (name, value) values (?, '')", name));
  }

  private static List<String> secrets(Database database) {
    return database.read(
        tx -> tx.createQuery("select name from platform.secret").mapTo(String.class).list());
  }

  @Test
  void a_fresh_data_folder_takes_what_is_prepared_and_leaves_it_as_it_was(@TempDir Path temp) {
    var prepared = temp.resolve("prepared");
    for (var name : List.of("one", "two")) {
      var here =
          new DatabaseSettings("", "", "", 4, temp.resolve(name), Optional.of(prepared), true);
      try (var shop = Database.open(here, _ -> {})) {
        var editions = "select count(*) from shelf.edition";
        assertThat(shop.<Integer>read(tx -> tx.createQuery(editions).mapTo(Integer.class).one()))
            .isZero();
      }
      assertThat(temp.resolve(name)).isDirectoryNotContaining("glob:**postgres-18*");
    }
    assertThat(prepared).isDirectoryContaining("glob:**/postgres-18");
    assertThat(prepared).isDirectoryContaining("glob:**/spare");
    assertThat(temp.toFile().list()).containsExactlyInAnyOrder("prepared", "one", "two");
    assertThat(prepared.resolve("cluster")).isDirectoryNotContaining("glob:**/postmaster.pid");
  }
}
