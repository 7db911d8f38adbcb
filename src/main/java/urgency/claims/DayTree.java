package urgency.claims;

import java.util.ArrayList;
import java.util.List;

/**
 * The hash tree of a day of any length, without holding it: pieces of so many leaves, of which only
 * the roots are kept. It is the same tree as {@link Merkle#over} all leaves, since a piece is a
 * power of two and thus a whole branch.
 */
final class DayTree {
  /** Leaves of a piece; the last one may have fewer. */
  static final int PIECE = 1_024;

  private final List<byte[]> roots = new ArrayList<>();
  private long size;

  /**
   * The next piece, in order.
   *
   * @throws IllegalStateException when the one before was not full
   */
  void add(Merkle piece) {
    if (size % PIECE != 0) throw new IllegalStateException("a piece after the last one");
    roots.add(piece.root());
    size += piece.size();
  }

  long size() {
    return size;
  }

  byte[] root() {
    return Merkle.over(roots).root();
  }

  /** Proofs of every line, piece by piece. */
  Proofs proofs() {
    return new Proofs(Merkle.over(roots));
  }

  /** What leads from a piece to the root. */
  record Proofs(Merkle top) {
    /** Whether this is the piece that the tree was made of. */
    boolean has(int number, Merkle piece) {
      return number < top.size() && java.util.Arrays.equals(top.leaf(number), piece.root());
    }

    /** The hashes that lead from a line of a piece to the root, the lowest first. */
    List<byte[]> of(int number, Merkle piece, int line) {
      var proof = new ArrayList<>(piece.proof(line));
      proof.addAll(top.proof(number));
      return proof;
    }
  }
}
