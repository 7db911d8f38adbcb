package urgency.payments.practice.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Refusal;

/** The first answer to each idempotency key, for a day. */
final class Memory {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final int KEY_MAX = 255;
  private static final int FORGET_MAX = 1_000;

  private static final String CLAIM =
      """
      insert into practice.idempotency (key, asked, status, body, request, created)
      values (:key, :asked, 0, '', :request, :created)
          on conflict do nothing
      """;

  private static final String ANSWERED =
      "update practice.idempotency set status = :status, body = :body where key = :key";

  private static final String REMEMBERED =
      "select asked, status, body, request from practice.idempotency where key = :key";

  private static final String FORGET =
      """
      delete from practice.idempotency
       where key in (select key from practice.idempotency where created < :before limit :max)
      """;

  /** What was answered, and to which request. */
  record Remembered(String asked, int status, String body, String request) {}

  private Memory() {}

  /**
   * Makes the key this request's, or gives the answer that it had before. The row of the key makes
   * a second request with it wait until the first is committed.
   *
   * @throws Refusal when the key was used for something else
   */
  static Optional<Remembered> claim(Handle tx, Api.Request request, Cause cause) {
    if (request.key().length() > KEY_MAX || request.key().indexOf('\0') >= 0) {
      throw Refusal.invalid("", "Idempotency keys have at most 255 characters and no NUL.");
    }
    var asked = digest(request);
    var claimed =
        tx.createUpdate(CLAIM)
            .bind("key", request.key())
            .bind("asked", asked)
            .bind("request", cause.request())
            .bind("created", cause.at().atOffset(ZoneOffset.UTC))
            .execute();
    if (claimed == 1) return Optional.empty();
    var first =
        tx.createQuery(REMEMBERED)
            .bind("key", request.key())
            .map(
                (row, _) ->
                    new Remembered(
                        row.getString("asked"),
                        row.getInt("status"),
                        row.getString("body"),
                        row.getString("request")))
            .one();
    if (!first.asked().equals(asked)) throw Refusal.otherRequest(request.key());
    return Optional.of(first);
  }

  static void keep(Handle tx, String key, int status, String body) {
    tx.createUpdate(ANSWERED).bind("status", status).bind("body", body).bind("key", key).execute();
  }

  static void forget(Handle tx, Instant now) {
    tx.createUpdate(FORGET)
        .bind("before", now.minus(KEPT).atOffset(ZoneOffset.UTC))
        .bind("max", FORGET_MAX)
        .execute();
  }

  // The order of the parameters does not matter.
  private static String digest(Api.Request request) {
    var fields = request.body().split("&");
    Arrays.sort(fields);
    var text = request.path() + "\n" + String.join("&", fields);
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
