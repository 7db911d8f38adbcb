package urgency.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import urgency.admin.CatalogImport;
import urgency.admin.CatalogImport.Outcome.Imported;
import urgency.admin.CatalogImport.Outcome.Refused;
import urgency.admin.RowError;
import urgency.catalog.Catalog;
import urgency.catalog.PriceHistory;
import urgency.inventory.Stock;
import urgency.platform.sql.Database;

/** The tool {@code bin/import FILE.csv}: beside a running shop or without one. */
final class Import {
  private static final int DONE = 0;
  private static final int REFUSED = 1;
  private static final int MISTAKE = 2;

  private Import() {}

  /** Imports the file that the second argument names; answers the exit status. */
  static int run(ShopSettings settings, String[] args) {
    if (args.length != 2) {
      System.err.println("usage: bin/import FILE.csv");
      return MISTAKE;
    }
    try (var progress = Progress.of("reaching the database");
        var database = Database.reach(settings.database(), progress::at)) {
      progress.at("importing " + args[1]);
      var catalog = new Catalog(new PriceHistory());
      var importer =
          new CatalogImport(database, catalog, new Stock(), settings.catalog(), settings.http());
      return told(importer.run(Path.of(args[1]), InstantSource.system().instant()));
    } catch (InvalidPathException nonsense) {
      System.err.println("the file name cannot be understood");
      return MISTAKE;
    }
  }

  private static int told(CatalogImport.Outcome outcome) {
    return switch (outcome) {
      case Imported(var created, var updated, var unchanged) -> {
        IO.println(
            "imported; products created: %d, updated: %d, unchanged: %d"
                .formatted(created, updated, unchanged));
        yield DONE;
      }
      case Refused(var errors) -> {
        errors.stream().map(RowError::toString).forEach(System.err::println);
        System.err.println("nothing was imported");
        yield REFUSED;
      }
    };
  }
}
