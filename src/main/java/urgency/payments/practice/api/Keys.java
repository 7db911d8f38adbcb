package urgency.payments.practice.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import urgency.payments.practice.wire.Refusal;

/** Who may ask: anybody with a test key. A live one has no business here. */
final class Keys {
  private Keys() {}

  /**
   * @param authorization the header as it came: Bearer, or the key as the user of Basic
   * @throws Refusal when it holds no test key
   */
  static void check(String authorization) {
    var key = key(authorization);
    if (key.isEmpty()) {
      throw Refusal.noKey(
          "You did not provide an API key. You need to provide your API key in the Authorization"
              + " header, using Bearer auth (e.g. 'Authorization: Bearer sk_test_...').");
    } else if (key.startsWith("sk_live_") || key.startsWith("rk_live_")) {
      throw Refusal.noKey("The practice till takes no live keys. Roll this one: it has been sent.");
    } else if (key.startsWith("pk_")) {
      throw Refusal.wrongKey(
          "This API call cannot be made with a publishable API key. Please use a secret API key.");
    } else if (!key.startsWith("sk_test_") && !key.startsWith("rk_test_")) {
      throw Refusal.noKey("Invalid API Key provided.");
    }
  }

  private static String key(String authorization) {
    var space = authorization.indexOf(' ');
    if (space < 0) return "";
    var value = authorization.substring(space + 1).strip();
    return switch (authorization.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> value;
      case "basic" -> user(value);
      default -> "";
    };
  }

  private static String user(String basic) {
    try {
      var text = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
      var colon = text.indexOf(':');
      return colon < 0 ? text : text.substring(0, colon);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
