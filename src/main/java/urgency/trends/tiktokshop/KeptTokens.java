package urgency.trends.tiktokshop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import urgency.platform.sql.Database;

/**
 * Tokens that a source was given in exchange for one of the settings, for all nodes and past a
 * restart. They lie in the database sealed with a secret of the settings (AES-256-GCM), so that a
 * copy of the database is no key.
 */
public final class KeptTokens {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private static final String KEEP =
      """
      insert into trends.token (source, given, sealed, until, renewed_at)
      values (:source, :given, :sealed, :until, :at)
          on conflict (source, given) do update
         set sealed = excluded.sealed, until = excluded.until, renewed_at = excluded.renewed_at
      """;

  private static final String FIND =
      "select sealed, until from trends.token where source = :source and given = :given";

  private static final String FORGET_OTHERS =
      "delete from trends.token where source = :source and given <> :given";

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  /**
   * A token and its successor's ticket.
   *
   * @param until when it ends
   * @param refresh what the next one is asked for with
   */
  public record Token(String access, Instant until, String refresh) {
    /** Says nothing that a log should not have. */
    @Override
    public String toString() {
      return "token until " + until;
    }
  }

  private record Row(byte[] sealed, Instant until) {}

  public KeptTokens(Database database) {
    this.database = database;
  }

  /**
   * The newest one; none when there is none, or it was sealed with another secret.
   *
   * @param given the token in the settings that it was first asked for with
   */
  public Optional<Token> find(String source, String given, String secret) {
    var row =
        database.read(
            tx ->
                tx.createQuery(FIND)
                    .bind("source", source)
                    .bind("given", digest(given))
                    .map(
                        (it, _) ->
                            new Row(
                                it.getBytes("sealed"),
                                it.getObject("until", OffsetDateTime.class).toInstant()))
                    .findOne());
    return row.flatMap(it -> opened(it, secret));
  }

  /** Keeps it in place of the one before, and forgets those of other settings. */
  public void keep(String source, String given, String secret, Token token, Instant now) {
    var sealed = sealed(token, secret);
    database.change(
        tx -> {
          tx.createUpdate(KEEP)
              .bind("source", source)
              .bind("given", digest(given))
              .bind("sealed", sealed)
              .bind("until", token.until().atOffset(ZoneOffset.UTC))
              .bind("at", now.atOffset(ZoneOffset.UTC))
              .execute();
          tx.createUpdate(FORGET_OTHERS)
              .bind("source", source)
              .bind("given", digest(given))
              .execute();
        });
  }

  private byte[] sealed(Token token, String secret) {
    var nonce = new byte[NONCE];
    random.nextBytes(nonce);
    var plain = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(plain)) {
      out.writeUTF(token.access());
      out.writeUTF(token.refresh());
      var cipher = cipher(Cipher.ENCRYPT_MODE, secret, nonce);
      var sealed = cipher.doFinal(plain.toByteArray());
      var all = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE, sealed.length);
      return all;
    } catch (IOException | GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK can seal", impossible);
    }
  }

  private static Optional<Token> opened(Row row, String secret) {
    try {
      var nonce = Arrays.copyOf(row.sealed(), NONCE);
      var cipher = cipher(Cipher.DECRYPT_MODE, secret, nonce);
      var plain = cipher.doFinal(row.sealed(), NONCE, row.sealed().length - NONCE);
      var in = new DataInputStream(new ByteArrayInputStream(plain));
      return Optional.of(new Token(in.readUTF(), row.until(), in.readUTF()));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException anotherSecret) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, String secret, byte[] nonce)
      throws GeneralSecurityException {
    var key = new SecretKeySpec(sha256("trends.token " + secret), "AES");
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static String digest(String given) {
    return HexFormat.of().formatHex(sha256(given));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
