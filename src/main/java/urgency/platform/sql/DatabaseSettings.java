package urgency.platform.sql;

import java.nio.file.Path;
import java.util.Optional;
import urgency.platform.settings.Settings;

/**
 * Where the data lives.
 *
 * @param url JDBC address of an external PostgreSQL 15 or newer; empty for the embedded one
 * @param folder holds the embedded database and what belongs to it
 * @param prepared a data folder that nobody uses: what is the same in every fresh one and takes
 *     seconds to make, PostgreSQL unpacked and a cluster with our empty tables; made at the first
 *     use
 * @param durable false only for throw-away tests: commits no longer wait for the disk
 */
public record DatabaseSettings(
    String url,
    String user,
    String password,
    int poolMax,
    Path folder,
    Optional<Path> prepared,
    boolean durable) {

  public static DatabaseSettings read(Settings in) {
    return new DatabaseSettings(
        in.text(
            "database.url",
            "",
            "External PostgreSQL 15+, as jdbc:postgresql://host:5432/name or postgres://…;"
                + " empty starts the embedded one."),
        in.text("database.user", "", "User for the external database, unless the URL names it."),
        in.text("database.password", "", "Password for the external database."),
        in.number("database.pool-max", 12, 4, 200, "Most connections that one node opens."),
        Path.of(in.text("data.folder", "data", "Where the embedded database keeps its files.")),
        Optional.of(
                in.text(
                    "database.prepared",
                    "",
                    "Folder with PostgreSQL and empty tables, made once and copied into fresh data"
                        + " folders; empty makes each anew."))
            .filter(it -> !it.isBlank())
            .map(Path::of),
        true);
  }
}
