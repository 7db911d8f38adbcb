package urgency.trends.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import urgency.trends.push.Deliveries.Format;

class LifetimesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void counts_since_the_beginning_may_be_brought_as_json_or_csv() {
    var json =
        """
        {"source": "my-list", "region": "US", "asOf": "2026-11-23", "observations": [
          {"name": "#lipoil", "viewsLifetime": 1200000, "postsLifetime": 900}]}
        """;
    var csv =
        """
        source,region,asOf,name,viewsLifetime,postsLifetime
        my-list,US,2026-11-23,lipoil,1200000,900
        """;

    for (var read : new Deliveries.Read[] {read(Format.JSON, json), read(Format.CSV, csv)}) {
      assertThat(read.wrong().isEmpty()).isTrue();
      var detail = read.rows().getFirst().detail();
      assertThat(detail.viewsLifetime()).isEqualTo(OptionalLong.of(1_200_000));
      assertThat(detail.postsLifetime()).isEqualTo(OptionalLong.of(900));
    }
    var wrong = read(Format.JSON, json.replace("1200000", "\"many\""));
    assertThat(wrong.wrong().listed().getFirst().field()).isEqualTo("viewsLifetime");
  }

  private static Deliveries.Read read(Format format, String text) {
    return Deliveries.read(format, text.getBytes(StandardCharsets.UTF_8), NOW);
  }
}
