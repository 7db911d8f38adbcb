package urgency.judging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import urgency.judging.JudgeSettings.Tier;
import urgency.platform.settings.Settings;

class JudgeSettingsTest {
  private static final Duration FOUR_HOURS = Duration.ofHours(4);
  private static final Map<String, String> OPENAI =
      Map.of("URGENCY_JUDGE_PROVIDER", "openai", "URGENCY_JUDGE_KEY", "sk-secret");

  @TempDir Path folder;

  @Test
  void without_a_provider_there_is_no_judge() {
    var settings = JudgeSettings.read(Settings.read(Map.of(), Optional.empty()), FOUR_HOURS);

    assertThat(settings.enabled()).isFalse();
    assertThat(settings.shadow()).isTrue();
    assertThat(settings.caps().dayMicros()).isEqualTo(100_000);
  }

  @Test
  void a_provider_and_a_key_are_enough() {
    var model =
        JudgeSettings.read(Settings.read(OPENAI, Optional.empty()), FOUR_HOURS).models().getFirst();

    assertThat(mistakes(OPENAI)).isEmpty();
    assertThat(model.provider()).isEqualTo(JudgeSettings.Provider.OPENAI);
    assertThat(model.name()).isEqualTo("gpt-6-luna");
    assertThat(model.tier()).isEqualTo(Tier.FLEX);
    assertThat(model.toString()).doesNotContain("sk-secret");
  }

  @Test
  void a_key_in_a_settings_file_is_refused_without_being_repeated() throws IOException {
    var file = folder.resolve("urgency.properties");
    Files.writeString(file, "judge.provider=openai\njudge.key=sk-secret\n");
    var in = Settings.read(Map.of(), Optional.of(file));
    JudgeSettings.read(in, FOUR_HOURS);

    assertThat(in.refuseWhatNobodyAskedFor())
        .singleElement()
        .asString()
        .contains("URGENCY_JUDGE_KEY")
        .doesNotContain("sk-secret");
  }

  @Test
  void a_key_may_come_from_a_file_of_its_own() throws IOException {
    var file = folder.resolve("key");
    Files.writeString(file, "sk-from-file\n");
    var given =
        Map.of("URGENCY_JUDGE_PROVIDER", "anthropic", "URGENCY_JUDGE_KEY_FILE", file.toString());

    assertThat(mistakes(given)).isEmpty();
    assertThat(
            JudgeSettings.read(Settings.read(given, Optional.empty()), FOUR_HOURS)
                .models()
                .getFirst()
                .key())
        .isEqualTo("sk-from-file");
  }

  @Test
  void what_cannot_work_is_refused_with_what_to_do() {
    assertThat(mistakes(Map.of("URGENCY_JUDGE_PROVIDER", "openai")))
        .singleElement()
        .asString()
        .contains("judge.key");
    assertThat(mistakes(Map.of("URGENCY_JUDGE_PROVIDER", "compatible")))
        .singleElement()
        .asString()
        .contains("judge.model");
    assertThat(
            mistakes(
                Map.of(
                    "URGENCY_JUDGE_PROVIDER", "openai",
                    "URGENCY_JUDGE_KEY", "k",
                    "URGENCY_JUDGE_BASE_URL", "http://judge.example/v1")))
        .singleElement()
        .asString()
        .contains("https://");
    assertThat(mistakes(Map.of("URGENCY_JUDGE_PRICE_FILE", folder.resolve("none").toString())))
        .singleElement()
        .asString()
        .contains("judge.price-file");
  }

  @Test
  void batches_are_off_and_for_shelves_that_stay_as_long_as_they_are_sent_ahead() {
    var off = new HashMap<>(OPENAI);
    var on = new HashMap<>(OPENAI);
    on.put("URGENCY_JUDGE_BATCH", "true");
    var soon = new HashMap<>(on);
    soon.put("URGENCY_JUDGE_BATCH_LEAD", "3h");

    assertThat(ahead(off, Duration.ofDays(1))).isEmpty();
    assertThat(ahead(on, Duration.ofDays(1))).contains(Duration.ofHours(6));
    assertThat(ahead(on, Duration.ofHours(6))).contains(Duration.ofHours(6));
    assertThat(ahead(on, FOUR_HOURS)).isEmpty();
    assertThat(ahead(soon, FOUR_HOURS)).contains(Duration.ofHours(3));
  }

  @Test
  void batches_of_a_model_of_ones_own_are_refused() {
    var given =
        Map.of(
            "URGENCY_JUDGE_PROVIDER", "compatible",
            "URGENCY_JUDGE_MODEL", "qwen3:4b",
            "URGENCY_JUDGE_BATCH", "true");

    assertThat(mistakes(given)).singleElement().asString().contains("judge.batch");
  }

  private static Optional<Duration> ahead(Map<String, String> given, Duration refresh) {
    return JudgeSettings.read(Settings.read(given, Optional.empty()), refresh).ahead();
  }

  private static List<String> mistakes(Map<String, String> given) {
    var in = Settings.read(given, Optional.empty());
    JudgeSettings.read(in, FOUR_HOURS);
    return in.refuseWhatNobodyAskedFor();
  }
}
