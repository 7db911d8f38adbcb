package urgency.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTest {
  private static final HexFormat HEX = HexFormat.of();

  /** The inputs and roots by which implementations of RFC 6962 are compared. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void the_roots_are_those_of_rfc_6962() {
    for (var size = 1; size <= LEAVES.size(); size++) {
      var leaves =
          LEAVES.subList(0, size).stream()
              .map(
                  it ->
                      Merkle.leaf(
                          new String(HEX.parseHex(it), java.nio.charset.StandardCharsets.UTF_8)))
              .toList();

      assertThat(HEX.formatHex(Merkle.over(leaves).root())).isEqualTo(ROOTS.get(size - 1));
    }
  }

  @Property(tries = 60)
  void every_line_is_proven_and_no_other(@ForAll @IntRange(min = 1, max = 70) int size) {
    var leaves = leaves(size);
    var tree = Merkle.over(leaves);

    for (var i = 0; i < size; i++) {
      var proof = tree.proof(i);
      assertThat(Merkle.proves(leaves.get(i), i, size, proof, tree.root())).isTrue();
      assertThat(Merkle.proves(Merkle.leaf("other"), i, size, proof, tree.root())).isFalse();
      assertThat(Merkle.proves(leaves.get(i), i, size, proof, Merkle.leaf("root"))).isFalse();
      assertThat(Merkle.proves(leaves.get(i), size, size, proof, tree.root())).isFalse();
      var other = (i + 1) % size;
      if (other != i) {
        assertThat(Merkle.proves(leaves.get(i), other, size, proof, tree.root())).isFalse();
      }
    }
  }

  @Property(tries = 20)
  void a_tree_in_pieces_is_the_same_tree(
      @ForAll @IntRange(min = 0, max = 5 * DayTree.PIECE) int size) {
    var leaves = leaves(size);
    var whole = Merkle.over(leaves);
    var tree = new DayTree();
    var pieces = new ArrayList<Merkle>();
    for (var at = 0; at < size; at += DayTree.PIECE) {
      pieces.add(Merkle.over(leaves.subList(at, Math.min(size, at + DayTree.PIECE))));
      tree.add(pieces.getLast());
    }

    assertThat(tree.size()).isEqualTo(size);
    assertThat(tree.root()).isEqualTo(whole.root());
    var proofs = tree.proofs();
    for (var i = 0; i < size; i += 97) {
      var number = i / DayTree.PIECE;
      var proof = proofs.of(number, pieces.get(number), i % DayTree.PIECE);
      assertThat(proof).containsExactlyElementsOf(whole.proof(i));
    }
  }

  @Test
  void a_proof_that_is_too_long_or_too_short_proves_nothing() {
    var leaves = leaves(5);
    var tree = Merkle.over(leaves);
    var longer = new ArrayList<>(tree.proof(2));
    longer.add(Merkle.leaf("more"));

    assertThat(Merkle.proves(leaves.get(2), 2, 5, longer, tree.root())).isFalse();
    assertThat(Merkle.proves(leaves.get(2), 2, 5, longer.subList(0, 1), tree.root())).isFalse();
  }

  @Test
  void a_head_depends_on_all_days_before_and_on_the_date() {
    var root = Merkle.leaf("root");
    var first = Merkle.chained(Merkle.BEGINNING, "2026-11-24", root);

    assertThat(Merkle.chained(first, "2026-11-25", root))
        .isNotEqualTo(Merkle.chained(Merkle.BEGINNING, "2026-11-25", root));
    assertThat(Merkle.chained(Merkle.BEGINNING, "2026-11-25", root)).isNotEqualTo(first);
  }

  private static List<byte[]> leaves(int size) {
    var leaves = new ArrayList<byte[]>();
    for (var i = 0; i < size; i++) leaves.add(Merkle.leaf("line " + i));
    return leaves;
  }
}
