package urgency.trends.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PushSignatureTest {
  /** Made with {@code openssl dgst -sha256 -hmac} as docs/trends.md shows it. */
  private static final String BY_OPENSSL =
      "t=1764072000,v1=" + "c2ec0a6be87574f1d8fea112ac28ce16a45d878939a591edee2479f3fd848dbc";

  @Test
  void the_header_is_the_one_that_the_documentation_makes_with_openssl() {
    var body = "{\"source\": \"é\"}".getBytes(StandardCharsets.UTF_8);
    var at = Instant.ofEpochSecond(1_764_072_000);

    assertThat(PushSignature.header(body, "0123456789abcdef0123456789abcdef", at))
        .isEqualTo(BY_OPENSSL);
  }
}
