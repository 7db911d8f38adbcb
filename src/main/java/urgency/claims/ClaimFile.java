package urgency.claims;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Checks an exported day without the shop: no database, no network, only hashes. Every line must
 * lead to the root in the file's first line, and the root to the head of the chain.
 */
public final class ClaimFile {
  private static final String FORMAT = "urgency-shelf claims 1";
  private static final int LINE_MAX = 64 * 1024;
  private static final int HASH_BYTES = 32;
  private static final HexFormat HEX = HexFormat.of();

  /** What came of it. */
  public sealed interface Outcome {
    /** All lines are as they were. */
    record Proven(String day, long lines, long entries, String root, String head, boolean sealed)
        implements Outcome {}

    /** Something was altered, in this line of the file. */
    record Altered(long line, String why) implements Outcome {}
  }

  private record Head(
      String day, boolean sealed, long entries, byte[] root, byte[] previous, byte[] head) {}

  /** A line that cannot be what was exported. */
  private static final class Broken extends Exception {
    Broken(String why) {
      super(why);
    }
  }

  private ClaimFile() {}

  /**
   * Proves a file, line by line.
   *
   * @param published the root that the shop published for this day; without it the file is checked
   *     against the root that it brings along
   */
  public static Outcome check(BufferedReader in, Optional<String> published) throws IOException {
    var number = 1L;
    try {
      var head = head(line(in).orElseThrow(() -> new Broken("the file is empty")));
      if (published.isPresent() && !published.get().equalsIgnoreCase(HEX.formatHex(head.root()))) {
        return new Outcome.Altered(1, "the root is not the published one");
      }
      var last = -1L;
      var lines = 0L;
      for (var next = line(in); next.isPresent(); next = line(in)) {
        number++;
        last = proven(next.get(), head, last);
        lines++;
      }
      return new Outcome.Proven(
          head.day(),
          lines,
          head.entries(),
          HEX.formatHex(head.root()),
          HEX.formatHex(head.head()),
          head.sealed());
    } catch (Broken broken) {
      return new Outcome.Altered(number, String.valueOf(broken.getMessage()));
    }
  }

  private static Head head(String line) throws Broken {
    var json = json(line);
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new Broken("its first line must have \"format\":\"" + FORMAT + "\"");
    }
    var sealed = json.path("sealed").asBoolean();
    var head =
        new Head(
            json.path("day").asText(),
            sealed,
            json.path("entries").asLong(-1),
            hash(json.path("root")),
            sealed ? hash(json.path("previous")) : new byte[0],
            sealed ? hash(json.path("head")) : new byte[0]);
    var chained = sealed ? Merkle.chained(head.previous(), head.day(), head.root()) : new byte[0];
    if (!java.util.Arrays.equals(chained, head.head())) {
      throw new Broken("root and head of the chain do not belong together");
    }
    return head;
  }

  // In order and none twice, so that nobody can pad a file.
  private static long proven(String line, Head head, long last) throws Broken {
    var json = json(line);
    var index = json.path("index").asLong(-1);
    if (index <= last) throw new Broken("index " + index + " is out of order");
    if (!json.path("entry").isObject()) throw new Broken("it has no entry");
    var proof = new ArrayList<byte[]>();
    for (var hash : json.path("proof")) proof.add(hash(hash));
    var leaf = Merkle.leaf(Lines.write(json.get("entry")));
    if (!Merkle.proves(leaf, index, head.entries(), List.copyOf(proof), head.root())) {
      throw new Broken("entry " + index + " does not lead to the root");
    }
    return index;
  }

  private static JsonNode json(String line) throws Broken {
    try {
      var json = Lines.read(line);
      if (json.isObject()) return json;
      throw new Broken("it is no JSON object");
    } catch (JsonProcessingException malformed) {
      throw new Broken("it is no JSON: " + malformed.getOriginalMessage());
    }
  }

  private static byte[] hash(JsonNode text) throws Broken {
    try {
      var bytes = HEX.parseHex(text.asText());
      if (bytes.length == HASH_BYTES) return bytes;
    } catch (IllegalArgumentException noHex) {
      // Told below.
    }
    throw new Broken("“" + text.asText() + "” is no SHA-256 in hexadecimal");
  }

  private static Optional<String> line(BufferedReader in) throws IOException, Broken {
    var line = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
      if (line.length() == LINE_MAX) throw new Broken("a line is longer than " + LINE_MAX);
      line.append((char) c);
    }
    return Optional.of(line.toString());
  }
}
