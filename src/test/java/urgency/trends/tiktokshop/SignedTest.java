package urgency.trends.tiktokshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SignedTest {
  private static final String PATH =
      "/affiliate_creator/202405/open_collaborations/products/search";
  private static final String SECRET = "example-secret";
  private static final byte[] BODY =
      "{\"category\":{\"id\":\"600024\"}}".getBytes(StandardCharsets.UTF_8);
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "timestamp", "1764072000",
          "sort_order", "DESC",
          "app_key", "example-key",
          "page_token", "A+/=é",
          "sort_field", "units_sold",
          "page_size", "20");

  /** Made with {@code openssl dgst -sha256 -hmac}. */
  private static final String BY_OPENSSL =
      "e68d098ae00b2a510fcb4607d75e7ec9bb84b93e88eeb2678f02aba73b84b0b6";

  @Test
  void the_signature_is_the_one_that_another_tool_makes() {
    assertThat(Signed.sign(PATH, new TreeMap<>(PARAMETERS), BODY, SECRET)).isEqualTo(BY_OPENSSL);
  }

  @Test
  void the_address_carries_what_was_signed_and_the_signature_last() {
    assertThat(Signed.address(PATH, new TreeMap<>(PARAMETERS), BODY, SECRET))
        .startsWith(PATH + "?app_key=example-key&page_size=20&page_token=A%2B%2F%3D%C3%A9&")
        .endsWith("&timestamp=1764072000&sign=" + BY_OPENSSL);
  }

  @Test
  void another_body_has_another_signature() {
    assertThat(Signed.sign(PATH, new TreeMap<>(PARAMETERS), new byte[0], SECRET))
        .isNotEqualTo(BY_OPENSSL);
  }
}
