package urgency.platform.http;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import urgency.platform.sql.Database;

/**
 * Knows a browser again by a signed cookie, without an account. The cookie holds a random number
 * and its HMAC; nothing about the person.
 */
@Singleton
public final class Visitors {
  public static final String COOKIE = "shelf_visitor";

  private static final Duration KEPT = Duration.ofDays(365);
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 16;
  private static final int BYTES = Long.BYTES * 2 + SIGNATURE_BYTES;
  private static final int TEXT_LENGTH = 43;
  private static final String ALGORITHM = "HmacSHA256";

  private final Supplier<byte[]> secret;
  private final boolean secure;
  private volatile @Nullable Mac keyed;

  @Inject
  Visitors(Database database, HttpSettings settings) {
    this(() -> sharedKey(database), settings.secure());
  }

  /** For tests and tools that run without the application around them. */
  public Visitors(byte[] secret, boolean secure) {
    this(() -> secret, secure);
  }

  private Visitors(Supplier<byte[]> secret, boolean secure) {
    this.secret = secret;
    this.secure = secure;
  }

  // Before the first request, whose thread may not wait for the database.
  void start(@Observes StartupEvent started) {
    keyed();
  }

  /** The visitor whose cookie this is; empty for none and for one that we did not sign. */
  public Optional<UUID> known(String cookieValue) {
    if (cookieValue == null || cookieValue.length() != TEXT_LENGTH) return Optional.empty();
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cookieValue);
    } catch (IllegalArgumentException hostile) {
      return Optional.empty();
    }
    if (bytes.length != BYTES) return Optional.empty();
    var buffer = ByteBuffer.wrap(bytes);
    var visitor = new UUID(buffer.getLong(), buffer.getLong());
    var signature = new byte[SIGNATURE_BYTES];
    buffer.get(signature);
    return MessageDigest.isEqual(signature, signature(visitor))
        ? Optional.of(visitor)
        : Optional.empty();
  }

  // All nodes of one shop sign by it; made once and kept in the database.
  private static byte[] sharedKey(Database database) {
    var fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    return database.write(
        tx -> {
          tx.createUpdate(
                  "insert into platform.secret (name, value) values ('visitor', :value)"
                      + " on conflict do nothing")
              .bind("value", fresh)
              .execute();
          return tx.createQuery("select value from platform.secret where name = 'visitor'")
              .mapTo(byte[].class)
              .one();
        });
  }

  /** The visitor named anywhere in a whole {@code Cookie} header. */
  public Optional<UUID> among(String cookieHeader) {
    var at = cookieHeader.indexOf(COOKIE + "=");
    if (at < 0) return Optional.empty();
    var start = at + COOKIE.length() + 1;
    var end = cookieHeader.indexOf(';', start);
    return known(cookieHeader.substring(start, end < 0 ? cookieHeader.length() : end));
  }

  /**
   * The visitor who comes without a cookie and sends this random key: the same key is the same
   * visitor, and who does not know the key cannot become that visitor.
   */
  public UUID first(String key) {
    var bytes = ByteBuffer.wrap(hmac(("first " + key).getBytes(StandardCharsets.UTF_8)));
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /** The cookie to set for a visitor: HttpOnly, SameSite=Lax, Secure on https, one year. */
  public NewCookie cookie(UUID visitor) {
    return new NewCookie.Builder(COOKIE)
        .value(value(visitor))
        .path("/")
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge(Math.toIntExact(KEPT.toSeconds()))
        .build();
  }

  /** The same cookie as a header line, for answers that are not made by a resource. */
  public String header(UUID visitor) {
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
        .formatted(COOKIE, value(visitor), KEPT.toSeconds(), secure ? "; Secure" : "");
  }

  /** The signed text for a visitor. */
  public String value(UUID visitor) {
    var bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(visitor.getMostSignificantBits())
            .putLong(visitor.getLeastSignificantBits())
            .put(signature(visitor))
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] signature(UUID visitor) {
    var bytes =
        ByteBuffer.allocate(Long.BYTES * 2)
            .putLong(visitor.getMostSignificantBits())
            .putLong(visitor.getLeastSignificantBits())
            .array();
    return Arrays.copyOf(hmac(bytes), SIGNATURE_BYTES);
  }

  // Copied for each text: looking for the algorithm again costs more than the code itself.
  private byte[] hmac(byte[] text) {
    try {
      return ((Mac) keyed().clone()).doFinal(text);
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  // Two that come at once read the same key.
  private Mac keyed() {
    var known = keyed;
    if (known == null) {
      known = keyed(secret.get());
      keyed = known;
    }
    return known;
  }

  private static Mac keyed(byte[] secret) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
