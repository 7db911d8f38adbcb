package urgency.payments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.orders.OrderWorld;

/**
 * Hostile and broken webhooks against the code that decides what becomes of them: each is kept or
 * refused, and nothing is ever thrown. Most are decided in memory; every twentieth goes through the
 * endpoint to the database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookFuzzTest {
  private static final String SECRET = "whsec_test";
  private static final String VERSION = "\"api_version\":\"[^\"]*\"";
  private static final int TRIES = 60_000;
  private static final int STORED_EACH = 20;
  private static final List<String> TRAINS =
      List.of(
          "2020-03-02",
          "2020-08-27",
          "2022-11-15",
          "2024-06-20",
          "2025-03-31.basil",
          "2025-09-30.clover",
          "2026-07-29.dahlia",
          "2026-10-28.endive");

  private enum Header {
    RIGHT,
    MANGLED,
    RANDOM,
    OF_ANOTHER_BODY
  }

  private final TestClock clock = new TestClock(Samples.NOW);
  private OrderWorld shop;
  private Inbox inbox;
  private Webhook webhook;

  @BeforeAll
  void start() {
    shop = OrderWorld.fresh();
    inbox = new Inbox(shop.database);
    var metrics = new SimpleMeterRegistry();
    var news = new EventNews(shop.orders, shop.settlement);
    // Nobody works the inbox off meanwhile; what is stored stays as it came.
    var worker = new InboxWorker(shop.database, inbox, news, new TestSource(), metrics, clock);
    webhook =
        new Webhook(inbox, worker, new WebhookSecrets(List.of(SECRET), false), metrics, clock);
  }

  @AfterAll
  void stop() {
    inbox.close();
    shop.close();
  }

  @Test
  void sixty_thousand_mangled_webhooks_are_each_kept_or_refused() throws IOException {
    var seed = Long.getLong("fuzz.seed", 20_261_125L);
    var random = new Random(seed);
    var bodies = new ArrayList<byte[]>();
    for (var file : Samples.realEvents()) bodies.add(Files.readAllBytes(file));
    bodies.add(Samples.thin("evt_thin", "evt_full", "cs_test_1"));
    var answers = new TreeMap<Integer, Integer>();
    var genuine = new EnumMap<Header, Integer>(Header.class);

    for (var i = 0; i < TRIES; i++) {
      var body = body(random, bodies);
      var kind = Header.values()[random.nextInt(Header.values().length)];
      var header = header(kind, body, random);
      var verdict = Signature.verify(header, body, List.of(SECRET), Samples.NOW);
      var valid = verdict instanceof Signature.Verdict.Valid;
      if (valid) genuine.merge(kind, 1, Integer::sum);
      var kept = valid && Envelope.parse(body).isPresent();
      if (i % STORED_EACH != 0) continue;
      var status = post(header, body);
      assertThat(status).as("seed %d, try %d", seed, i).isIn(200, 400, 413);
      assertThat(status == 200).as("seed %d, try %d", seed, i).isEqualTo(kept);
      answers.merge(status, 1, Integer::sum);
    }

    assertThat(answers).containsKeys(200, 400);
    assertThat(genuine.get(Header.RIGHT)).isPositive();
    // To mangle a header so that its signature still matches, one must leave the signature alone.
    assertThat(genuine).doesNotContainKeys(Header.RANDOM, Header.OF_ANOTHER_BODY);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "t",
        "v1",
        "t,v1",
        "t=,v1=",
        "=",
        ",",
        ",,,,",
        "t=abc,v1=00",
        "t=99999999999999999999,v1=00",
        "t=-1,v1=00",
        "t=1795543200",
        "v1=00",
        "t=1795543200,v0=00",
        "t=1795543200,t=1795543200,v1=00",
        "t=1795543200,v1=%s",
        "t=1795543200,v1=\u0000",
        "t=１７９５５４３２００,v1=00",
        "T=1795543200,V1=00"
      })
  void a_hostile_header_is_refused_whatever_the_body(String header) {
    for (var body : List.of("", "[]", "null", "text", "{\"id\":\"evt_1\",\"type\":\"a\"}")) {
      assertThat(post(header, body.getBytes(UTF_8))).isEqualTo(400);
    }
  }

  @Test
  void a_header_of_any_length_is_refused_in_no_time() {
    assertThat(post("v1=" + "a".repeat(1 << 20), new byte[0])).isEqualTo(400);
    assertThat(post("t=1,".repeat(1 << 18), new byte[0])).isEqualTo(400);
  }

  @Test
  void timestamps_far_behind_or_ahead_are_refused_however_well_they_are_signed() {
    var body = Samples.paid("evt_skew", urgency.orders.OrderId.fresh());

    for (var seconds : List.of(-86_400L, -301L, 301L, 86_400L)) {
      assertThat(post(Signature.header(body, SECRET, Samples.NOW.plusSeconds(seconds)), body))
          .isEqualTo(400);
    }
    for (var seconds : List.of(-300L, 300L)) {
      assertThat(post(Signature.header(body, SECRET, Samples.NOW.plusSeconds(seconds)), body))
          .isEqualTo(200);
    }
  }

  @Test
  void every_release_of_the_api_is_kept_and_so_is_none_at_all() throws IOException {
    var number = 0;
    for (var file : Samples.realEvents()) {
      for (var train : TRAINS) {
        var id = "evt_train_%d".formatted(number++);
        var text = new String(Samples.withId(file, id), UTF_8);
        var moved = text.replaceFirst(VERSION, "\"api_version\":\"" + train + "\"");
        assertThat(moved).contains(train);
        assertThat(signed(moved)).isEqualTo(200);
        assertThat(version(id)).isEqualTo(train);
      }
      var none =
          new String(Samples.withId(file, "evt_none_" + number), UTF_8)
              .replaceFirst(VERSION, "\"api_version\":null");
      assertThat(signed(none)).isEqualTo(200);
      assertThat(version("evt_none_" + number)).isEmpty();
    }
  }

  @Test
  void the_thin_and_the_full_event_of_one_change_count_once_in_either_order() {
    var order = urgency.orders.OrderId.fresh();
    for (var thinFirst : List.of(true, false)) {
      var full = "evt_full_" + thinFirst;
      var thin = Samples.thin("evt_thin_" + thinFirst, full, "cs_test_1");
      var both = List.of(new String(thin, UTF_8), new String(Samples.paid(full, order), UTF_8));
      for (var event : thinFirst ? both : both.reversed()) assertThat(signed(event)).isEqualTo(200);

      assertThat(rows(full)).isEqualTo(1);
    }
  }

  private static byte[] body(Random random, List<byte[]> bodies) {
    var body = bodies.get(random.nextInt(bodies.size()));
    return switch (random.nextInt(6)) {
      case 0 -> body;
      case 1 -> Arrays.copyOf(body, random.nextInt(body.length));
      case 2 -> noise(random, 200);
      case 3 -> spliced(body, bodies.get(random.nextInt(bodies.size())), random);
      default -> mangled(body, random);
    };
  }

  private static String header(Header kind, byte[] body, Random random) {
    return switch (kind) {
      case RIGHT -> Signature.header(body, SECRET, Samples.NOW);
      case MANGLED ->
          new String(
              mangled(Signature.header(body, SECRET, Samples.NOW).getBytes(UTF_8), random), UTF_8);
      case RANDOM -> new String(noise(random, 120), UTF_8);
      case OF_ANOTHER_BODY ->
          Signature.header((random.nextLong() + "").getBytes(UTF_8), SECRET, Samples.NOW);
    };
  }

  private static byte[] mangled(byte[] bytes, Random random) {
    var mangled = bytes.clone();
    for (var i = random.nextInt(6); i >= 0; i--) {
      mangled[random.nextInt(mangled.length)] = (byte) random.nextInt(256);
    }
    return mangled;
  }

  private static byte[] spliced(byte[] head, byte[] tail, Random random) {
    var end = Arrays.copyOfRange(tail, random.nextInt(tail.length), tail.length);
    var cut = random.nextInt(head.length);
    var spliced = Arrays.copyOf(head, cut + end.length);
    System.arraycopy(end, 0, spliced, cut, end.length);
    return spliced;
  }

  private static byte[] noise(Random random, int max) {
    var noise = new byte[random.nextInt(max)];
    random.nextBytes(noise);
    return noise;
  }

  private int signed(String body) {
    var bytes = body.getBytes(UTF_8);
    return post(Signature.header(bytes, SECRET, Samples.NOW), bytes);
  }

  private int post(String header, byte[] body) {
    try (var response = webhook.answer(header, "", new ByteArrayInputStream(body))) {
      return response.getStatus();
    }
  }

  private String version(String event) {
    return shop.database.read(
        tx ->
            tx.createQuery("select api_version from payments.inbox where event_id = :id")
                .bind("id", event)
                .mapTo(String.class)
                .one());
  }

  private int rows(String change) {
    return shop.database.read(
        tx ->
            tx.createQuery("select count(*) from payments.inbox where dedupe_id = :id")
                .bind("id", change)
                .mapTo(Integer.class)
                .one());
  }
}
