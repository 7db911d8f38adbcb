package urgency.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import urgency.claims.ClaimFile;

/**
 * The tool {@code bin/verify-claims FILE [--root HEX]}: proves an exported day of claims offline.
 * It reads one file and asks nobody.
 */
final class VerifyClaims {
  private static final int PROVEN = 0;
  private static final int ALTERED = 1;
  private static final int MISTAKE = 2;

  private VerifyClaims() {}

  /** Answers the exit status. */
  static int run(String[] args) {
    var withRoot = args.length == 4 && args[2].equals("--root");
    if (args.length != 2 && !withRoot) {
      System.err.println("usage: bin/verify-claims FILE [--root HEX]");
      return MISTAKE;
    }
    var published = withRoot ? Optional.of(args[3]) : Optional.<String>empty();
    try (var in = Files.newBufferedReader(Path.of(args[1]), UTF_8)) {
      return told(ClaimFile.check(in, published), published.isPresent());
    } catch (IOException unreadable) {
      System.err.println("cannot read " + args[1] + " as UTF-8: " + unreadable.getMessage());
      return MISTAKE;
    }
  }

  private static int told(ClaimFile.Outcome outcome, boolean published) {
    return switch (outcome) {
      case ClaimFile.Outcome.Proven(
              var day,
              var lines,
              var entries,
              var root,
              var head,
              var sealed) -> {
        IO.println("%s: all %d lines are in the tree of %d".formatted(day, lines, entries));
        IO.println("root %s%s".formatted(root, published ? ", as published" : ""));
        if (sealed) IO.println("head %s".formatted(head));
        if (!published) IO.println("Compare the root with the one on /honest, or give --root HEX.");
        yield PROVEN;
      }
      case ClaimFile.Outcome.Altered(var line, var why) -> {
        IO.println("ALTERED in line %d: %s".formatted(line, why));
        yield ALTERED;
      }
    };
  }
}
