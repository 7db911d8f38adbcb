package urgency.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.money.Money;
import urgency.platform.language.Language;

class WordingTest {
  private static final Instant AT = Instant.parse("2026-11-24T18:05:00Z");
  private static final Texts TEXTS = new Texts();

  @ParameterizedTest
  @CsvSource({
    "ENGLISH, 0, 0 items",
    "ENGLISH, 1, 1 item",
    "ENGLISH, 1234, '1,234 items'",
    "GERMAN, 1234, 1.234 Artikel",
    "SPANISH, 0, 0 artículos",
    "SPANISH, 1, 1 artículo",
    "SPANISH, 2, 2 artículos",
    "SPANISH, 1000000, 1.000.000 de artículos",
    "SPANISH, 1000001, 1.000.001 artículos"
  })
  void things_are_counted_as_the_language_counts(Language language, int count, String words) {
    assertThat(TEXTS.in(language).plain("items", count)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "ENGLISH, '24 Nov 2026, 18:05 UTC'",
    "GERMAN, '24. Nov. 2026, 18:05 UTC'",
    "SPANISH, '24 nov 2026, 18:05 UTC'"
  })
  void a_moment_is_written_as_the_language_writes_it(Language language, String words) {
    assertThat(TEXTS.in(language).moment(AT)).isEqualTo(words);
  }

  @Test
  void an_amount_inside_a_sentence_is_written_as_the_language_writes_it() {
    var text = Text.of("pay", Money.of(123_450, "EUR"));

    assertThat(TEXTS.in(Language.ENGLISH).plain(text)).isEqualTo("Pay €1,234.50");
    assertThat(TEXTS.in(Language.GERMAN).plain(text)).isEqualTo("1.234,50\u00a0€ bezahlen");
  }

  @Test
  void values_are_escaped_and_the_words_around_them_are_not() {
    var english = TEXTS.in(Language.ENGLISH);

    assertThat(english.html(Text.of("like", "<b>\"'&")))
        .isEqualTo("Like &lt;b&gt;&quot;&#39;&amp;");
    assertThat(english.html(Text.of("whole_shelf"))).contains("<em>shelf</em>");
    assertThat(english.plain(Text.of("whole_shelf"))).isEqualTo("That was the whole shelf");
  }

  @Test
  void a_time_in_a_page_can_be_turned_to_the_readers_zone() {
    assertThat(TEXTS.in(Language.GERMAN).html(Text.of("held_until", AT)))
        .isEqualTo(
            "Zurückgelegt bis <local-time data-as=\"clock\"><time"
                + " datetime=\"2026-11-24T18:05:00Z\">18:05 UTC</time></local-time>");
    assertThat(TEXTS.in(Language.GERMAN).plain(Text.of("held_until", AT)))
        .isEqualTo("Zurückgelegt bis 18:05 UTC");
  }

  @Test
  void the_disguise_is_longer_and_keeps_places_and_tags() {
    var disguised = Disguise.of("Held <em>until</em> {0,clock}");

    assertThat(disguised).startsWith("⟦Ĥéļð <em>").contains("</em> {0,clock}").endsWith("⟧");
    assertThat(disguised.length()).isGreaterThan("Held <em>until</em> {0,clock}".length() + 3);
  }

  @Test
  void a_text_that_does_not_exist_is_a_mistake_of_ours() {
    var english = TEXTS.in(Language.ENGLISH);

    assertThatThrownBy(() -> english.plain("no_such_text")).hasMessageContaining("no_such_text");
    assertThatThrownBy(() -> english.plain("items", "no number")).hasMessageContaining("items");
    assertThatThrownBy(() -> Message.parse("a {b} c")).hasMessageContaining("{0}");
  }

  @Test
  void nothing_is_said_when_there_is_nothing_to_say() {
    assertThat(TEXTS.in(Language.ENGLISH).html(Text.NOTHING)).isEmpty();
    assertThat(Text.NOTHING.said()).isFalse();
  }
}
