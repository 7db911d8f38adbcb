package urgency.trends.tiktokshop;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request's address with its signature, over exactly the bytes that are sent.
 *
 * <p>{@code sign} is HMAC-SHA256 with the app secret over: secret, path, the query parameters in
 * order of their names each as name and value, the body, secret; in lower-case hexadecimal.
 */
final class Signed {
  private static final String ALGORITHM = "HmacSHA256";

  private Signed() {}

  /** Path and query, {@code sign} last. */
  static String address(
      String path, SortedMap<String, String> parameters, byte[] body, String secret) {
    var all = new TreeMap<>(parameters);
    var query = new StringBuilder();
    all.forEach((name, value) -> query.append(name).append('=').append(encoded(value)).append('&'));
    return path + "?" + query + "sign=" + sign(path, all, body, secret);
  }

  static String sign(
      String path, SortedMap<String, String> parameters, byte[] body, String secret) {
    var head = new StringBuilder(secret).append(path);
    parameters.forEach((name, value) -> head.append(name).append(value));
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update(head.toString().getBytes(StandardCharsets.UTF_8));
      mac.update(body);
      mac.update(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
