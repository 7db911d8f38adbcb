package urgency.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import urgency.payments.Signature;

/** Broken and hostile webhooks over real connections, byte by byte, to the whole shop. */
class WebhookStormTest {
  private static final int TRIES = 1_500;
  private static final int TIMEOUT_MS = 20_000;
  private static final int BODY_MAX = 256 * 1024;
  private static final String EVENT =
      """
      {"id":"evt_storm_%d","object":"event","api_version":"2026-10-28.endive","created":1795543200,
       "livemode":false,"type":"customer.created","data":{"object":{"id":"cus_1"}}}
      """;

  private static Shop shop;
  private static String secret;

  @BeforeAll
  static void open() {
    shop = Shop.open(Map.of());
    secret =
        shop.database()
            .withHandle(
                tx ->
                    tx.createQuery("select value from practice.secret where name = 'webhook'")
                        .mapTo(String.class)
                        .one());
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void whatever_comes_is_kept_or_refused_and_the_shop_stays_up() throws IOException {
    var random = new Random(20_261_125);
    var answers = new TreeMap<Integer, Integer>();

    for (var i = 0; i < TRIES; i++) {
      var body = EVENT.formatted(i).getBytes(UTF_8);
      if (random.nextInt(3) > 0) body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      var header = Signature.header(body, secret, Instant.now()).getBytes(UTF_8);
      if (random.nextInt(3) == 0) header[random.nextInt(header.length)] = printable(random);
      answers.merge(post(header, body, body.length), 1, Integer::sum);
    }

    assertThat(answers.keySet()).containsExactlyInAnyOrder(200, 400);
    assertThat(shop.log()).doesNotContain("failed (");
  }

  @Test
  void a_body_that_is_too_large_is_refused_and_one_that_just_fits_is_read() throws IOException {
    var fits = new byte[BODY_MAX];

    assertThat(post("t=1,v1=00".getBytes(UTF_8), fits, BODY_MAX)).isEqualTo(400);
    assertThat(post("t=1,v1=00".getBytes(UTF_8), new byte[BODY_MAX + 1], BODY_MAX + 1))
        .isEqualTo(413);
  }

  @Test
  void a_request_without_a_signature_is_refused() throws IOException {
    assertThat(post(new byte[0], EVENT.formatted(1).getBytes(UTF_8), EVENT.formatted(1).length()))
        .isEqualTo(400);
  }

  private static byte printable(Random random) {
    return (byte) (33 + random.nextInt(94));
  }

  private static int post(byte[] signature, byte[] body, int length) throws IOException {
    var at = URI.create(shop.url("/webhooks/stripe"));
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        """
        POST /webhooks/stripe HTTP/1.1\r
        Host: %s:%d\r
        Connection: close\r
        Content-Length: %d\r
        """
            .formatted(at.getHost(), at.getPort(), length)
            .getBytes(ISO_8859_1));
    request.writeBytes("Stripe-Signature: ".getBytes(ISO_8859_1));
    request.writeBytes(signature);
    request.writeBytes("\r\n\r\n".getBytes(ISO_8859_1));
    request.writeBytes(body);
    try (var socket = new Socket(at.getHost(), at.getPort())) {
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(request.toByteArray());
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      var line = reader.readLine();
      if (line == null) throw new IOException("no answer");
      return Integer.parseInt(line.split(" ", 3)[1]);
    }
  }
}
