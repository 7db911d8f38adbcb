package urgency.payments;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Stripe-Signature} header: proof over the raw bytes that an event comes from who knows
 * the secret.
 *
 * <p>A parser of our own, since the one of Stripe's library throws unchecked exceptions on hostile
 * headers and accepts timestamps far in the future. Here whatever is wrong is a value.
 */
public final class Signature {
  /** How far the sender's clock may be from ours, either way. */
  public static final Duration SKEW_MAX = Duration.ofMinutes(5);

  private static final int HEADER_MAX = 4_096;
  private static final int PARTS_MAX = 32;
  private static final int TIMESTAMP_DIGITS_MAX = 12;
  private static final int HEX_DIGITS = 64;

  /** What a header is worth. */
  public sealed interface Verdict {
    record Valid() implements Verdict {}

    record Invalid(String why) implements Verdict {}
  }

  private sealed interface Parsed {
    record Header(long timestamp, List<String> signatures) implements Parsed {}

    record Malformed(String why) implements Parsed {}
  }

  private Signature() {}

  /** Whether one of the header's signatures was made with one of the secrets, just now. */
  public static Verdict verify(
      @Nullable String header, byte[] body, List<String> secrets, Instant now) {
    if (header == null) return new Verdict.Invalid("no signature");
    return switch (parse(header)) {
      case Parsed.Malformed(var why) -> new Verdict.Invalid(why);
      case Parsed.Header(var timestamp, _)
          when Math.abs(now.getEpochSecond() - timestamp) > SKEW_MAX.toSeconds() ->
          new Verdict.Invalid("timestamp is too far from now");
      case Parsed.Header(var timestamp, var signatures) ->
          matches(timestamp, signatures, body, secrets)
              ? new Verdict.Valid()
              : new Verdict.Invalid("no signature matches");
    };
  }

  /** The header that a sender puts beside this body. */
  public static String header(byte[] body, String secret, Instant now) {
    var timestamp = now.getEpochSecond();
    return "t=" + timestamp + ",v1=" + hmac(timestamp, body, secret);
  }

  // Every pair is compared, so that the time taken tells nothing about which one came close.
  private static boolean matches(
      long timestamp, List<String> signatures, byte[] body, List<String> secrets) {
    var found = false;
    for (var secret : secrets) {
      var right = hmac(timestamp, body, secret).getBytes(StandardCharsets.US_ASCII);
      for (var signature : signatures) {
        found |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
      }
    }
    return found;
  }

  private static Parsed parse(String header) {
    if (header.length() > HEADER_MAX) return new Parsed.Malformed("header is too long");
    var parts = header.split(",", PARTS_MAX + 1);
    if (parts.length > PARTS_MAX) return new Parsed.Malformed("header has too many parts");
    var timestamp = -1L;
    var signatures = new ArrayList<String>();
    for (var part : parts) {
      var at = part.indexOf('=');
      if (at < 0) return new Parsed.Malformed("a part has no value");
      var value = part.substring(at + 1).strip();
      switch (part.substring(0, at).strip()) {
        case "t" -> {
          if (timestamp >= 0) return new Parsed.Malformed("two timestamps");
          if (!isNumber(value)) return new Parsed.Malformed("timestamp is not a number");
          timestamp = Long.parseLong(value);
        }
        case "v1" -> {
          if (value.length() == HEX_DIGITS) signatures.add(value);
        }
        default -> {
          // Schemes of other times, such as v0, prove nothing and harm nothing.
        }
      }
    }
    if (timestamp < 0) return new Parsed.Malformed("no timestamp");
    if (signatures.isEmpty()) return new Parsed.Malformed("no signature of scheme v1");
    return new Parsed.Header(timestamp, List.copyOf(signatures));
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty()
        && value.length() <= TIMESTAMP_DIGITS_MAX
        && value.chars().allMatch(it -> it >= '0' && it <= '9');
  }

  private static String hmac(long timestamp, byte[] body, String secret) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
