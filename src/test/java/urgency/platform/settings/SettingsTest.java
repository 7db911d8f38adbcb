package urgency.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @Test
  void a_variable_sets_a_key_and_the_default_holds_otherwise() {
    var settings = given("URGENCY_SHELF_REFRESH", "90s");

    assertThat(refresh(settings)).isEqualTo(Duration.ofSeconds(90));
    assertThat(slots(settings)).isEqualTo(24);
    assertThat(settings.refuseWhatNobodyAskedFor()).isEmpty();
  }

  @Test
  void a_misspelt_key_is_refused_with_the_nearest_valid_name() {
    var settings = given("URGENCY_SHELF_REFERSH", "90s");
    refresh(settings);
    slots(settings);

    assertThat(settings.refuseWhatNobodyAskedFor())
        .containsExactly(
            "URGENCY_SHELF_REFERSH: no such setting. Did you mean URGENCY_SHELF_REFRESH?");
  }

  @Test
  void a_malformed_value_is_refused_with_what_was_expected() {
    var settings = given("URGENCY_SHELF_SLOTS", "many");
    slots(settings);

    assertThat(settings.refuseWhatNobodyAskedFor())
        .containsExactly(
            "URGENCY_SHELF_SLOTS: 'many' is not valid; expected number 4 to 60 (default 24)");
  }

  @Test
  void a_value_out_of_bounds_is_refused() {
    var settings = given("URGENCY_SHELF_REFRESH", "1s");
    refresh(settings);

    assertThat(settings.refuseWhatNobodyAskedFor()).hasSize(1);
  }

  @Test
  void variables_win_over_the_file(@TempDir Path folder) throws IOException {
    var file = folder.resolve("urgency.properties");
    Files.writeString(file, "shelf.refresh=2h\nshelf.slots=8\n");
    var settings = Settings.read(Map.of("URGENCY_SHELF_SLOTS", "12"), Optional.of(file));

    assertThat(refresh(settings)).isEqualTo(Duration.ofHours(2));
    assertThat(slots(settings)).isEqualTo(12);
  }

  @Test
  void a_misspelt_key_in_the_file_is_named_as_it_stands_there(@TempDir Path folder)
      throws IOException {
    var file = folder.resolve("urgency.properties");
    Files.writeString(file, "shelf.slot=8\n");
    var settings = Settings.read(Map.of(), Optional.of(file));
    slots(settings);

    assertThat(settings.refuseWhatNobodyAskedFor())
        .containsExactly(
            "shelf.slot in urgency.properties: no such setting. Did you mean shelf.slots?");
  }

  private static Settings given(String variable, String value) {
    return Settings.read(Map.of(variable, value, "PATH", "/bin"), Optional.empty());
  }

  private static Duration refresh(Settings settings) {
    return settings.duration(
        "shelf.refresh", Duration.ofHours(4), Duration.ofMinutes(1), Duration.ofDays(7), "");
  }

  private static int slots(Settings settings) {
    return settings.number("shelf.slots", 24, 4, 60, "");
  }
}
