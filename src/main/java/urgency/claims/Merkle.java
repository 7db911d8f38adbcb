package urgency.claims;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A hash tree over lines, as in RFC 6962, section 2.1: leaves are {@code SHA-256(0x00 || line)},
 * nodes {@code SHA-256(0x01 || left || right)}, and a node without a partner moves up as it is.
 */
public final class Merkle {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final byte CHAIN = 2;

  /** What the first day of a record is chained to. */
  static final byte[] BEGINNING = new byte[32];

  private final List<List<byte[]>> levels;

  private Merkle(List<List<byte[]>> levels) {
    this.levels = levels;
  }

  /** The tree over these leaf hashes. */
  public static Merkle over(List<byte[]> leaves) {
    var levels = new ArrayList<List<byte[]>>();
    levels.add(List.copyOf(leaves));
    while (levels.getLast().size() > 1) {
      var below = levels.getLast();
      var level = new ArrayList<byte[]>((below.size() + 1) / 2);
      for (var i = 0; i + 1 < below.size(); i += 2) level.add(node(below.get(i), below.get(i + 1)));
      if (below.size() % 2 == 1) level.add(below.getLast());
      levels.add(level);
    }
    return new Merkle(levels);
  }

  /** The hash of one line. */
  public static byte[] leaf(String line) {
    return sha(new byte[] {LEAF}, line.getBytes(StandardCharsets.UTF_8));
  }

  /** The root of all lines; of none it is the hash of nothing. */
  public byte[] root() {
    return size() == 0 ? sha() : levels.getLast().getFirst();
  }

  public int size() {
    return levels.getFirst().size();
  }

  /** The hash of one line of the tree. */
  byte[] leaf(int index) {
    return levels.getFirst().get(index);
  }

  /** The hashes that lead from one line to the root, the lowest first. */
  public List<byte[]> proof(int index) {
    var proof = new ArrayList<byte[]>();
    var at = index;
    for (var level : levels.subList(0, levels.size() - 1)) {
      var partner = at ^ 1;
      if (partner < level.size()) proof.add(level.get(partner));
      at /= 2;
    }
    return proof;
  }

  /** Whether a line is in the tree of this size and root (RFC 9162, section 2.1.3.2). */
  public static boolean proves(
      byte[] leaf, long index, long size, List<byte[]> proof, byte[] root) {
    if (index < 0 || index >= size) return false;
    var at = index;
    var last = size - 1;
    var hash = leaf;
    for (var partner : proof) {
      if (last == 0) return false;
      if (at % 2 == 1 || at == last) {
        hash = node(partner, hash);
        while (at % 2 == 0 && at != 0) {
          at /= 2;
          last /= 2;
        }
      } else {
        hash = node(hash, partner);
      }
      at /= 2;
      last /= 2;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  /** The head of the chain after a day: {@code SHA-256(0x02 || head before || day || root)}. */
  static byte[] chained(byte[] before, String day, byte[] root) {
    return sha(new byte[] {CHAIN}, before, day.getBytes(StandardCharsets.UTF_8), root);
  }

  private static byte[] node(byte[] left, byte[] right) {
    return sha(new byte[] {NODE}, left, right);
  }

  private static byte[] sha(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) digest.update(part);
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
