package urgency.platform.sql;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * A migrated database of its own for each test class, on a real PostgreSQL.
 *
 * <p>The server is the embedded one, started once for all tests of this process, or the external
 * one that {@code URGENCY_TEST_DATABASE_URL} names (its user must be allowed to create databases).
 */
public final class TestDatabase {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String RUN = Long.toString(ProcessHandle.current().pid(), 36);

  /** Where the embedded server keeps its files, if it is the one that is used. */
  static final Path FOLDER = Path.of("target/test-postgres-" + RUN);

  private static final class Server {
    static final Optional<String> EXTERNAL =
        Optional.ofNullable(System.getenv("URGENCY_TEST_DATABASE_URL"))
            .filter(it -> !it.isBlank())
            .map(Database::jdbcUrl);
    static final Optional<EmbeddedPostgres> EMBEDDED =
        EXTERNAL.isPresent() ? Optional.empty() : Optional.of(start());

    private static EmbeddedPostgres start() {
      var server =
          EmbeddedPostgres.start(
              new DatabaseSettings("", "", "", 16, FOLDER, Optional.empty(), false), _ -> {});
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      spare(server);
      return server;
    }

    // It would look after hundreds of databases that live for seconds and that nobody reads again.
    private static void spare(EmbeddedPostgres server) {
      Jdbi.create(server.url("postgres"))
          .useHandle(
              it -> {
                it.execute("alter system set autovacuum = off");
                it.execute("alter system set full_page_writes = off");
                it.execute("alter system set checkpoint_timeout = '1h'");
                it.execute("select pg_reload_conf()");
              });
    }
  }

  /** What all others are copies of: the migrations take a second, a copy a twentieth of it. */
  private static final class Template {
    static final String NAME = migrated();

    private static String migrated() {
      var name = create("shelf_template_%s_%d", "");
      open(url(name)).close();
      return name;
    }
  }

  private TestDatabase() {}

  /** A fresh, migrated database; the server takes it along when the tests end. */
  public static Database fresh() {
    return open(migratedUrl());
  }

  /** JDBC address of a fresh database that has all tables. */
  public static String migratedUrl() {
    return url(create("shelf_test_%s_%d", " template " + Template.NAME));
  }

  /** JDBC address of a fresh, empty database. */
  public static String freshUrl() {
    return url(create("shelf_test_%s_%d", ""));
  }

  private static Database open(String url) {
    return Database.open(
        new DatabaseSettings(url, "", "", 16, Path.of("target"), Optional.empty(), false), _ -> {});
  }

  private static String create(String pattern, String how) {
    var name = pattern.formatted(RUN, NUMBER.incrementAndGet());
    Jdbi.create(url("postgres")).useHandle(it -> it.execute("create database " + name + how));
    return name;
  }

  private static String url(String database) {
    return Server.EMBEDDED
        .map(it -> it.url(database))
        .orElseGet(
            () ->
                Server.EXTERNAL
                    .orElseThrow()
                    .replaceFirst("/[^/?]+(\\?|$)", "/" + database + "$1"));
  }
}
