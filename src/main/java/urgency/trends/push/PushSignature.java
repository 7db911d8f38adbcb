package urgency.trends.push;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code Urgency-Signature} header of a delivery: {@code t=SECONDS,v1=HEX}, HMAC-SHA256 with
 * the secret over the seconds, a full stop and the body.
 */
public final class PushSignature {
  /** How far the sender's clock may be from ours, either way. */
  public static final Duration SKEW_MAX = Duration.ofMinutes(5);

  public static final String HEADER = "Urgency-Signature";

  private static final String FORM = "t=[0-9]{1,12},v1=[0-9a-f]{64}";
  private static final String ALGORITHM = "HmacSHA256";

  /** What a header is worth. */
  sealed interface Verdict {
    record Valid() implements Verdict {}

    record Invalid(String remedy) implements Verdict {}
  }

  private PushSignature() {}

  static Verdict verify(String header, byte[] body, String secret, Instant now) {
    if (!header.matches(FORM)) {
      return new Verdict.Invalid("send t=SECONDS,v1=HEX with 64 lower-case digits");
    }
    var comma = header.indexOf(',');
    var seconds = Long.parseLong(header.substring(2, comma));
    if (Math.abs(now.getEpochSecond() - seconds) > SKEW_MAX.toSeconds()) {
      return new Verdict.Invalid(
          "t is more than 300 s from our clock; sign at the time of sending");
    }
    var right = hmac(seconds, body, secret).getBytes(StandardCharsets.US_ASCII);
    var given = header.substring(comma + 4).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(right, given)
        ? new Verdict.Valid()
        : new Verdict.Invalid("v1 does not match; sign exactly the bytes that are sent");
  }

  /** The header that a sender puts beside this body. */
  public static String header(byte[] body, String secret, Instant now) {
    var seconds = now.getEpochSecond();
    return "t=" + seconds + ",v1=" + hmac(seconds, body, secret);
  }

  private static String hmac(long seconds, byte[] body, String secret) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
