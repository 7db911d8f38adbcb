package urgency.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  @ParameterizedTest
  @CsvSource({
    "lamp, lamp, 0",
    "lamp, lamb, 1",
    "lamp, lmap, 1",
    "lamp, amp, 1",
    "lamp, lamps, 1",
    "lamp, damps, 2",
    "lamp, sofa, 3",
    "a, abcdefgh, 3"
  })
  void letters_added_lost_replaced_or_exchanged_are_counted(String a, String b, int distance) {
    assertThat(Math.min(3, Spelling.distance(a, b, 2))).isEqualTo(distance);
  }

  @Test
  void the_nearest_word_is_meant_and_the_commoner_of_two() {
    var known =
        List.of(
            new Spelling.Known("lamp", 3),
            new Spelling.Known("camp", 9),
            new Spelling.Known("lime", 5));

    assertThat(Spelling.meant("lamb", known)).contains("lamp");
    assertThat(Spelling.meant("xamp", known)).contains("camp");
    assertThat(Spelling.meant("lime", known)).contains("lime");
    assertThat(Spelling.meant("tables", known)).isEmpty();
    assertThat(Spelling.meant("la", known)).isEmpty();
    assertThat(Spelling.meant("lam9", known)).isEmpty();
  }

  @Property(tries = 300)
  void whatever_is_typed_becomes_letters_and_digits_within_bounds(@ForAll String text) {
    var words = Letters.words(text, 8);

    assertThat(words).hasSizeLessThanOrEqualTo(8);
    assertThat(words)
        .allSatisfy(
            it -> {
              assertThat(it.codePointCount(0, it.length())).isBetween(1, 32);
              assertThat(it.codePoints()).allMatch(Character::isLetterOrDigit);
            });
  }
}
