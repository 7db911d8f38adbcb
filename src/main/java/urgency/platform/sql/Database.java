package urgency.platform.sql;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * The shop's PostgreSQL: embedded beside the application or external by URL, migrated and pooled.
 *
 * <p>A transaction is {@link #write}, and its {@link Handle} is the argument without which nothing
 * can be written. Nothing outside the database is called while one is open.
 */
public final class Database implements AutoCloseable {
  private static final Duration ACQUIRE_MAX = Duration.ofSeconds(5);
  private static final int SERVER_VERSION_MIN = 15;

  private final AgroalDataSource pool;
  private final Jdbi jdbi;
  private final Optional<EmbeddedPostgres> embedded;
  private final Predicate<EmbeddedPostgres> isOurs;

  private Database(
      AgroalDataSource pool,
      Optional<EmbeddedPostgres> embedded,
      Predicate<EmbeddedPostgres> isOurs) {
    this.pool = pool;
    this.embedded = embedded;
    this.isOurs = isOurs;
    this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
  }

  /**
   * Starts or reaches the database and brings its tables up to date. An embedded server that
   * already runs was left behind by a shop that died; it is taken over and stopped in the end.
   *
   * @param progress hears one sentence per slow step
   * @throws IllegalStateException when the server is older than PostgreSQL 15
   */
  public static Database open(DatabaseSettings settings, Consumer<String> progress) {
    return open(settings, progress, _ -> true);
  }

  /**
   * Same for a tool beside the shop: an embedded server that already runs is the shop's, and is
   * left running.
   */
  public static Database reach(DatabaseSettings settings, Consumer<String> progress) {
    return open(settings, progress, it -> !it.takenOver());
  }

  private static Database open(
      DatabaseSettings settings, Consumer<String> progress, Predicate<EmbeddedPostgres> isOurs) {
    var embedded = Optional.<EmbeddedPostgres>empty();
    if (settings.url().isBlank()) {
      settings.prepared().ifPresent(it -> prepare(it, progress));
      embedded = Optional.of(EmbeddedPostgres.start(settings, progress));
    }
    try {
      var url = embedded.map(it -> it.url("postgres")).orElseGet(() -> jdbcUrl(settings.url()));
      var database = new Database(pool(url, settings), embedded, isOurs);
      database.refuseOldServers();
      database.migrate();
      return database;
    } catch (SQLException | RuntimeException trouble) {
      embedded.filter(isOurs).ifPresent(EmbeddedPostgres::close);
      throw trouble instanceof RuntimeException known
          ? known
          : new IllegalStateException("database cannot be reached", trouble);
    }
  }

  private static void prepare(Path folder, Consumer<String> progress) {
    if (EmbeddedPostgres.isIn(folder)) return;
    try {
      var fresh = EmbeddedPostgres.unfinished(folder);
      open(new DatabaseSettings("", "", "", 4, fresh, Optional.empty(), true), progress).close();
      EmbeddedPostgres.settle(fresh, folder);
    } catch (IOException trouble) {
      throw new UncheckedIOException("preparing PostgreSQL in " + folder, trouble);
    }
  }

  /** Runs the work on a connection of its own, statement by statement, for reading. */
  public <T> T read(Function<Handle, T> work) {
    return jdbi.withHandle(work::apply);
  }

  /** Runs the work in one transaction; it is committed when this returns. */
  public <T> T write(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  /** Same as {@link #write} for work without an answer. */
  public void change(Consumer<Handle> work) {
    jdbi.useTransaction(work::accept);
  }

  /** Connections in use and idle, for metrics. */
  public long connectionsInUse() {
    return pool.getMetrics().activeCount();
  }

  /** Process id of the embedded server, if there is one. */
  public Optional<Long> serverPid() {
    return embedded.map(EmbeddedPostgres::pid);
  }

  @Override
  public void close() {
    pool.close();
    embedded.filter(isOurs).ifPresent(EmbeddedPostgres::close);
  }

  private void migrate() {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:migrations")
        .defaultSchema("platform")
        .table("migration")
        .validateMigrationNaming(true)
        // All of an upgrade or nothing of it, and one wait for the disk instead of seventy.
        .group(true)
        .load()
        .migrate();
  }

  private void refuseOldServers() {
    var version =
        read(tx -> tx.createQuery("show server_version_num").mapTo(Integer.class).one()) / 10_000;
    if (version < SERVER_VERSION_MIN) {
      throw new IllegalStateException(
          "PostgreSQL %d is too old; the shop needs %d or newer"
              .formatted(version, SERVER_VERSION_MIN));
    }
  }

  private static AgroalDataSource pool(String url, DatabaseSettings settings) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .metricsEnabled(true)
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(settings.poolMax())
                        .minSize(1)
                        .initialSize(1)
                        .acquisitionTimeout(ACQUIRE_MAX)
                        // A connection whose server died is thrown away at its first complaint, and
                        // one that knows itself closed is never handed out.
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionValidator(Database::isOpen)
                        .validateOnBorrow(true)
                        .connectionFactoryConfiguration(
                            factory -> {
                              factory
                                  .jdbcUrl(url)
                                  .connectionProviderClassName("org.postgresql.Driver")
                                  .jdbcProperty("ApplicationName", "urgency-shelf")
                                  .jdbcProperty("reWriteBatchedInserts", "true");
                              if (!settings.user().isBlank()) {
                                factory
                                    .principal(new NamePrincipal(settings.user()))
                                    .credential(new SimplePassword(settings.password()));
                              }
                              return factory;
                            })));
  }

  // Asks the connection, not the server: it costs nothing.
  private static boolean isOpen(Connection connection) {
    try {
      return !connection.isClosed();
    } catch (SQLException broken) {
      return false;
    }
  }

  /** Accepts what hosting providers print, {@code postgres://user:password@host/name}. */
  static String jdbcUrl(String url) {
    if (url.startsWith("jdbc:postgresql:")) return url;
    var matcher =
        java.util.regex.Pattern.compile(
                "postgres(?:ql)?://(?:([^:@/]+)(?::([^@/]*))?@)?([^/?]+)/([^?]+)(?:\\?(.*))?")
            .matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "URGENCY_DATABASE_URL must look like jdbc:postgresql://host:5432/name");
    }
    var query = new StringBuilder();
    if (matcher.group(1) != null) query.append("user=").append(matcher.group(1)).append('&');
    if (matcher.group(2) != null) query.append("password=").append(matcher.group(2)).append('&');
    if (matcher.group(5) != null) query.append(matcher.group(5));
    return "jdbc:postgresql://%s/%s?%s".formatted(matcher.group(3), matcher.group(4), query);
  }
}
