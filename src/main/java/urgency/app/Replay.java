package urgency.app;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.Database;
import urgency.scoring.Runs;
import urgency.scoring.rules.RulesScorer;
import urgency.shelf.Decisions;
import urgency.shelf.Decisions.Replayed.Differs;
import urgency.shelf.Decisions.Replayed.Same;
import urgency.shelf.Decisions.Replayed.Unknown;

/**
 * The tool {@code bin/replay [EDITION | --last N]}: decides past shelves again from what was stored
 * of them, and says whether the same came out.
 */
final class Replay {
  private static final int DONE = 0;
  private static final int DIFFERENT = 1;
  private static final int MISTAKE = 2;
  private static final int LAST_MAX = 1_000;

  private Replay() {}

  /** Replays what the arguments name; answers the exit status. */
  static int run(ShopSettings settings, String[] args) {
    var count = count(args);
    if (count < 1 || count > LAST_MAX) {
      System.err.println("usage: bin/replay [EDITION | --last N], N from 1 to " + LAST_MAX);
      return MISTAKE;
    }
    var decisions = new Decisions(new Runs());
    try (var progress = Progress.of("reaching the database");
        var database = Database.reach(settings.database(), progress::at)) {
      return database.read(
          tx -> told(tx, decisions, editions(tx, decisions, args, count), progress));
    }
  }

  /** Decides again, and tells of each edition what came out. */
  static int told(Handle tx, Decisions decisions, List<Long> editions, Progress progress) {
    var status = DONE;
    for (var i = 0; i < editions.size(); i++) {
      var edition = editions.get(i);
      var replayed = again(tx, decisions, edition, step(edition, i, editions.size()), progress);
      IO.println(
          switch (replayed) {
            case Same(var number, var digest, var products, var ratings) ->
                "edition %d: the same, %d products, %d %s, digest %s"
                    .formatted(
                        number, products, ratings, ratings == 1 ? "rating" : "ratings", digest);
            case Differs(var number, var what, var expected, var found) ->
                "edition %d: DIFFERS in %s%n  then %s%n  now  %s"
                    .formatted(number, what, expected, found);
            case Unknown(var number) -> "edition %d: nothing is on record".formatted(number);
          });
      if (!(replayed instanceof Same)) status = DIFFERENT;
    }
    if (editions.isEmpty()) IO.println("no edition is on record yet");
    return status;
  }

  private static String step(long edition, int before, int all) {
    return all == 1
        ? "edition %d".formatted(edition)
        : "edition %d, %d of %d".formatted(edition, before + 1, all);
  }

  // An edition of a large shop takes seconds: reading it, then each rating that it was made of.
  private static Decisions.Replayed again(
      Handle tx, Decisions decisions, long edition, String step, Progress progress) {
    progress.at(step + ": reading what was known");
    var ratings = new AtomicInteger();
    return decisions.replay(
        tx,
        edition,
        settings -> {
          progress.at("%s: rating %d again".formatted(step, ratings.incrementAndGet()));
          return new RulesScorer(settings);
        });
  }

  private static List<Long> editions(Handle tx, Decisions decisions, String[] args, int count) {
    return args.length == 2 ? List.of(Long.parseLong(args[1])) : decisions.numbers(tx, count);
  }

  // The last one when nothing is said; a number names an edition; 0 is a mistake.
  private static int count(String[] args) {
    try {
      return switch (args.length) {
        case 1 -> 1;
        case 2 -> Long.parseLong(args[1]) > 0 ? 1 : 0;
        case 3 -> args[1].equals("--last") ? Integer.parseInt(args[2]) : 0;
        default -> 0;
      };
    } catch (NumberFormatException nonsense) {
      return 0;
    }
  }
}
