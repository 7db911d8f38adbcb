package urgency.payments.practice;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import urgency.payments.PaymentSettings;
import urgency.payments.Samples;
import urgency.payments.TestClock;
import urgency.payments.TillSettings;
import urgency.payments.stripe.StripeDesk;
import urgency.platform.http.HttpSettings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;

/** A till, and a shop that keeps what the till sends; both on ports of their own. */
final class TillWorld implements AutoCloseable {
  /** A webhook as it arrived. */
  record Arrived(String signature, String text) {
    byte[] body() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  final TestClock clock = new TestClock(Samples.NOW);
  final Database database;
  final Till till;
  final StripeDesk desk;
  final Queue<Arrived> arrived = new ConcurrentLinkedQueue<>();
  volatile int answer = 200;
  private final HttpServer shop;

  TillWorld(TillSettings manners) {
    this(TestDatabase.fresh(), manners);
  }

  TillWorld(Database database, TillSettings manners) {
    this.database = database;
    shop = shop();
    var settings =
        new PaymentSettings("", List.of(), URI.create("https://api.stripe.com"), manners);
    var http =
        new HttpSettings(
            "127.0.0.1",
            shop.getAddress().getPort(),
            0,
            Optional.empty(),
            false,
            100,
            Path.of("x"));
    till = new Till(database, settings, http, clock);
    desk = new StripeDesk(till.apiKey(), till.apiBase(), http.siteUrl());
  }

  @Override
  public void close() {
    till.close();
    shop.stop(0);
    database.close();
  }

  private HttpServer shop() {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/webhooks/stripe",
          exchange -> {
            try (exchange) {
              var body = exchange.getRequestBody().readAllBytes();
              var signature = exchange.getRequestHeaders().getFirst("Stripe-Signature");
              // Before the answer, by which the till knows that it has arrived.
              arrived.add(new Arrived(signature, new String(body, StandardCharsets.UTF_8)));
              exchange.sendResponseHeaders(answer, -1);
            }
          });
      server.start();
      return server;
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }
}
