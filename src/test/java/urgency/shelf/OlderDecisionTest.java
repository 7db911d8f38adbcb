package urgency.shelf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.platform.sql.StoredRecord;
import urgency.shelf.Diversity.Likeness;

/** A decision that was stored before there were modes, rests and meanings. */
class OlderDecisionTest {
  private static final String PREVIOUS = "earlier";

  /** What the version that made it wrote beside it. */
  private static final String DIGEST =
      "d778c8f1c9013dd0e3cb1f69eee04e611131eff58afb277621178c824b3e12b4";

  @Test
  void it_is_decided_again_as_it_was_to_the_last_bit() throws IOException {
    var inputs = read("inputs-by-words.json.gz", Decisions.Inputs.class);
    var decision = read("decision-by-words.json.gz", Decision.class);

    assertThat(inputs.likeness()).isEmpty();
    assertThat(inputs.settings().mode()).isEqualTo(ShelfSettings.Mode.VALUE);
    assertThat(inputs.settings().rest()).isZero();
    assertThat(inputs.decide()).contains(decision);
    assertThat(StoredRecord.digest(PREVIOUS, inputs, decision)).isEqualTo(DIGEST);
  }

  @Test
  void with_meanings_it_would_have_come_out_differently() throws IOException {
    var it = read("inputs-by-words.json.gz", Decisions.Inputs.class);

    var otherwise =
        new Decisions.Inputs(
            it.number(),
            it.window(),
            it.seed(),
            it.settings(),
            it.candidates(),
            Optional.of(Likeness.WORDS_AND_MEANING));

    assertThat(otherwise.decide()).isPresent().isNotEqualTo(it.decide());
  }

  private static <T> T read(String name, Class<T> type) throws IOException {
    try (var resource = OlderDecisionTest.class.getResourceAsStream("/shelf/" + name)) {
      assertThat(resource).isNotNull();
      return StoredRecord.read(resource.readAllBytes(), type);
    }
  }
}
