package urgency.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import urgency.platform.settings.Settings;

class ConfigurationTest {
  private static final Path DOCUMENT = Path.of("docs/configuration.md");

  @Test
  void every_setting_is_documented_as_the_code_has_it() throws IOException {
    var expected = table();
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/settings.md"), expected);

    assertThat(Files.readString(DOCUMENT))
        .as("docs/configuration.md is stale; the right table is in target/settings.md")
        .contains(expected);
  }

  @Test
  void the_defaults_are_legal() {
    var in = Settings.read(Map.of(), Optional.empty());
    ShopSettings.read(in);

    assertThat(in.refuseWhatNobodyAskedFor()).isEmpty();
  }

  private static String table() {
    var in = Settings.read(Map.of(), Optional.empty());
    ShopSettings.read(in);
    var table = new StringBuilder("| key | variable | type | default | meaning |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    for (var it : in.known()) {
      table.append(
          "| `%s` | `%s` | %s | %s | %s |%n"
              .formatted(
                  it.key(),
                  it.variable(),
                  it.type(),
                  it.byDefault().isEmpty() ? "none" : "`" + it.byDefault() + "`",
                  it.meaning()));
    }
    return table.toString();
  }
}
