package urgency.payments.practice;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jboss.logging.Logger;
import urgency.payments.Signature;
import urgency.payments.practice.bank.Deliveries;
import urgency.payments.practice.bank.Deliveries.Delivery;
import urgency.platform.jobs.Lanes;
import urgency.platform.sql.Database;

/**
 * Sends the till's events to the shop as Stripe would: signed, over HTTP, again and again until the
 * shop says 2xx.
 */
final class TillPost implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TillPost.class);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  // After a crash the rest of a batch waits this long; a slower batch is merely sent twice.
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final int BATCH_MAX = 8;
  private static final int LANES_MAX = 2;

  /**
   * Where an endpoint is.
   *
   * @param secret with which its events are signed
   */
  record Address(URI uri, String secret) {}

  private final Database database;
  private final Deliveries deliveries;
  private final Function<String, Optional<Address>> endpoints;
  private final InstantSource clock;
  private final Lanes lanes = new Lanes("till-post", LANES_MAX, this::sendDue);
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_MAX)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /**
   * @param endpoints by id; one that was removed has no address
   */
  TillPost(
      Database database,
      Deliveries deliveries,
      Function<String, Optional<Address>> endpoints,
      InstantSource clock) {
    this.database = database;
    this.deliveries = deliveries;
    this.endpoints = endpoints;
    this.clock = clock;
  }

  void nudge() {
    lanes.nudge();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Sends what is due, at most once each; what fails is due again later. */
  void sendDue() {
    var now = clock.instant();
    var due = database.write(tx -> deliveries.take(tx, now, LEASE, BATCH_MAX));
    while (!due.isEmpty()) {
      for (var delivery : due) send(delivery);
      due = database.write(tx -> deliveries.take(tx, now, LEASE, BATCH_MAX));
    }
  }

  // An endpoint that is gone wants no more events.
  private void send(Delivery delivery) {
    var address = endpoints.apply(delivery.endpointId());
    var kept = true;
    for (var copy = 0; copy < delivery.copies() && address.isPresent(); copy++) {
      kept &= isKept(delivery, address.get());
    }
    var all = kept;
    database.change(
        tx -> {
          if (all) {
            deliveries.sent(tx, delivery);
          } else {
            deliveries.notSent(tx, delivery, clock.instant());
          }
        });
  }

  private boolean isKept(Delivery delivery, Address address) {
    var body = delivery.body().getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(address.uri())
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "Stripe/1.0 (practice till)")
            .header("Stripe-Signature", Signature.header(body, address.secret(), clock.instant()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      var status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        LOG.warnf("event %s: the shop answered %d; sent again later", delivery.eventId(), status);
      }
      return status / 100 == 2;
    } catch (IOException unreachable) {
      LOG.infof("event %s: the shop did not answer; sent again later", delivery.eventId());
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
