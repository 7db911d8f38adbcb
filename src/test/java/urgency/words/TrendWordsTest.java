package urgency.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TrendWordsTest {
  private static final Path SCORER = Path.of("src/main/java/urgency/scoring/rules/Reason.java");

  @Test
  void a_move_with_its_last_day_is_said_in_places() {
    assertThat(TrendWords.of("#glowup is rising, up 77% in a day"))
        .isEqualTo(Text.of("trend_up", "#glowup", Text.of("trend_rising"), "77"));
    assertThat(TrendWords.of("#it is a girl has just peaked, down 9% in a day"))
        .isEqualTo(Text.of("trend_down", "#it is a girl", Text.of("trend_peaked"), "9"));
  }

  @Test
  void a_move_without_a_change_is_said_alone() {
    assertThat(TrendWords.of("#lunchbox is steady"))
        .isEqualTo(Text.of("trend_level", "#lunchbox", Text.of("trend_steady")));
  }

  @Test
  void other_words_stay_as_they_are() {
    assertThat(TrendWords.of("Everybody watches this"))
        .isEqualTo(Text.verbatim("Everybody watches this"));
  }

  @Test
  void whatever_the_scorer_says_of_a_trend_is_known() throws Exception {
    var moves = Pattern.compile("\"((?:is|has) [a-z ]+)\"").matcher(Files.readString(SCORER));

    assertThat(moves.results().map(it -> "#tag " + it.group(1)).toList())
        .hasSize(10)
        .allSatisfy(it -> assertThat(TrendWords.of(it).key()).isEqualTo("trend_level"));
  }
}
