package urgency.app;

import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import urgency.operators.Acts;
import urgency.operators.Links;
import urgency.platform.http.HttpSettings;
import urgency.platform.sql.Database;

/** Links for the owner: at the first start, and for {@code bin/operator} on the machine itself. */
@Singleton
final class OperatorLink {
  private static final int DONE = 0;
  private static final int MISTAKE = 2;

  private final Links links;
  private final Database database;
  private final HttpSettings http;
  private final InstantSource clock;

  OperatorLink(Links links, Database database, HttpSettings http, InstantSource clock) {
    this.links = links;
    this.database = database;
    this.http = http;
    this.clock = clock;
  }

  /** Where the owner is set; empty when there is one. */
  Optional<String> forFirstStart() {
    return database
        .write(tx -> links.forSetup(tx, clock.instant()))
        .map(token -> address(http, token));
  }

  /** Prints a link that sets the owner anew; answers the exit status. */
  static int run(ShopSettings settings, String[] args) {
    if (args.length != 2 || !args[1].equals("reset")) {
      System.err.println("usage: bin/operator reset");
      return MISTAKE;
    }
    var now = InstantSource.system().instant();
    try (var database = Database.reach(settings.database(), _ -> {})) {
      var token =
          database.write(
              tx -> {
                var act = new Acts.Act(now, "the machine", "", "reset link made", "", "");
                new Acts().write(tx, act);
                return new Links().fresh(tx, Links.Purpose.RESET, now);
              });
      IO.println("Set the owner's name and password within 24 hours, once:");
      IO.println(address(settings.http(), token));
      return DONE;
    }
  }

  private static String address(HttpSettings http, String token) {
    return http.siteUrl() + "/admin/setup?token=" + token;
  }
}
