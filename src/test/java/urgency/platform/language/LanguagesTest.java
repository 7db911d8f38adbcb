package urgency.platform.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.platform.settings.Settings;

class LanguagesTest {
  private static final Languages LANGUAGES = new Languages(new LanguageSettings(Language.spoken()));

  @ParameterizedTest
  @CsvSource({
    "'de', GERMAN",
    "'de-AT,de;q=0.9,en;q=0.8', GERMAN",
    "'fr,es;q=0.9,de;q=0.8', SPANISH",
    "'en;q=0.5, ES-mx;q=0.7', SPANISH",
    "'de;q=0, es;q=0.1', SPANISH",
    "'*', ENGLISH",
    "'fr,*;q=0.5', ENGLISH",
    "'tlh', ENGLISH",
    "'', ENGLISH",
    "'de;q=banana', ENGLISH",
    "'de;q=7', ENGLISH",
    "'den', ENGLISH",
    "'en-XA', ENGLISH"
  })
  void the_language_a_browser_likes_best_is_spoken(String accepted, Language expected) {
    assertThat(LANGUAGES.of(null, null, accepted)).isEqualTo(expected);
  }

  @Test
  void an_address_wins_over_the_cookie_and_the_cookie_over_the_browser() {
    assertThat(LANGUAGES.of("lang=de", "shelf_lang=es", "en")).isEqualTo(Language.GERMAN);
    assertThat(LANGUAGES.of(null, "a=b; shelf_lang=es; c=d", "en")).isEqualTo(Language.SPANISH);
    assertThat(LANGUAGES.of("q=lamp&lang=ES", null, null)).isEqualTo(Language.SPANISH);
  }

  @ParameterizedTest
  @CsvSource({"lang=xx", "lang=", "slang=de", "lang=en-XA", "lang", "q=lang=de", "lang=de%0d%0a"})
  void what_is_not_offered_is_not_chosen(String query) {
    assertThat(LANGUAGES.of(query, null, null)).isEqualTo(Language.ENGLISH);
  }

  @Test
  void the_disguise_is_worn_only_where_the_setting_allows_it() {
    var in = Settings.read(Map.of("URGENCY_LANGUAGE_DISGUISE", "true"), Optional.empty());
    var open = new Languages(LanguageSettings.read(in));

    assertThat(open.of("lang=en-XA", null, null)).isEqualTo(Language.DISGUISE);
    assertThat(LANGUAGES.of("lang=en-XA", null, null)).isEqualTo(Language.ENGLISH);
  }

  @Test
  void the_main_language_comes_first_and_needs_no_address_of_its_own() {
    var in = Settings.read(Map.of("URGENCY_LANGUAGE_MAIN", "de"), Optional.empty());
    var german = new Languages(LanguageSettings.read(in));

    assertThat(german.offered())
        .containsExactly(Language.GERMAN, Language.ENGLISH, Language.SPANISH);
    assertThat(german.suffix(Language.GERMAN)).isEmpty();
    assertThat(german.suffix(Language.ENGLISH)).isEqualTo("?lang=en");
    assertThat(german.of(null, null, null)).isEqualTo(Language.GERMAN);
  }

  @Test
  void one_language_alone_can_be_offered() {
    var in = Settings.read(Map.of("URGENCY_LANGUAGE_OTHERS", "false"), Optional.empty());

    assertThat(LanguageSettings.read(in).offered()).isEqualTo(List.of(Language.ENGLISH));
  }

  @Test
  void every_tag_is_found_again() {
    assertThat(Arrays.stream(Language.values()).map(it -> Language.of(it.tag())))
        .containsExactlyElementsOf(Arrays.stream(Language.values()).map(Optional::of).toList());
  }

  @Property(tries = 500)
  void whatever_is_sent_some_offered_language_is_spoken(
      @ForAll String query, @ForAll String cookies, @ForAll String accepted) {
    assertThat(LANGUAGES.of("lang=" + query, "shelf_lang=" + cookies, accepted))
        .isIn(LANGUAGES.offered());
  }
}
