package urgency.operators;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Passwords as Argon2id hashes; at most two are worked on at once, since each takes 19 MiB. */
final class Passwords {
  static final int LENGTH_MIN = 12;
  static final int LENGTH_MAX = 128;

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int AT_ONCE_MAX = 2;
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);
  private static final String START = "$argon2id$v=19$m=19456,t=2,p=1$";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Set<String> COMMON =
      Set.of(
          "password1234",
          "password12345",
          "password123456",
          "passwordpassword",
          "administrator",
          "administrator1",
          "123456789012",
          "1234567890123",
          "123123123123",
          "qwertyuiop12",
          "qwertyuiop123",
          "qwertyqwerty",
          "qwerty123456",
          "1q2w3e4r5t6y",
          "letmeinletmein",
          "iloveyou1234",
          "welcome12345",
          "changeme1234",
          "abcdefghijkl",
          "abc123abc123",
          "urgencyshelf",
          "urgency-shelf");

  private final Semaphore turns = new Semaphore(AT_ONCE_MAX);

  /** Why a password cannot be had, as the end of a sentence; empty when it can. */
  static Optional<String> complaint(String password, String name) {
    if (password.length() < LENGTH_MIN || password.length() > LENGTH_MAX) {
      return Optional.of("use %d to %d characters".formatted(LENGTH_MIN, LENGTH_MAX));
    }
    var plain = password.toLowerCase(Locale.ROOT);
    if (COMMON.contains(plain) || plain.chars().distinct().count() < 4) {
      return Optional.of("this one is among the first that are guessed; use another");
    }
    return plain.contains(name.toLowerCase(Locale.ROOT))
        ? Optional.of("use one that does not contain the name")
        : Optional.empty();
  }

  /** The hash to store; empty when no turn came in time. */
  Optional<String> hashed(String password) {
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return inTurn(() -> START + text(salt) + "$" + text(derive(password, salt)));
  }

  /** Whether this is the password; empty when no turn came in time. */
  Optional<Boolean> matches(String password, String stored) {
    var parts = stored.substring(START.length()).split("\\$", 2);
    var salt = Base64.getDecoder().decode(parts[0]);
    var hash = Base64.getDecoder().decode(parts[1]);
    return inTurn(() -> MessageDigest.isEqual(hash, derive(password, salt)));
  }

  /** The hash of nothing: a wrong name takes as long as a wrong password. */
  static String ofNobody() {
    return START + text(new byte[SALT_BYTES]) + "$" + text(new byte[HASH_BYTES]);
  }

  private <T> Optional<T> inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      turns.release();
    }
  }

  private static byte[] derive(String password, byte[] salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
