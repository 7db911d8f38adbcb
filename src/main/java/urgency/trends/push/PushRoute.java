package urgency.trends.push;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import urgency.trends.PushSettings;
import urgency.trends.TrendSettings;
import urgency.trends.push.Deliveries.Answer;

/**
 * {@code POST /api/v1/trends/observations}: one signed delivery of trends.
 *
 * <p>It reads its own body, before the framework's smaller bound applies: two megabytes and not a
 * byte more is kept. A sender of more is told at once; what is still on its way is thrown away up
 * to a bound, so that the answer reaches a client that writes before it reads.
 */
@Singleton
public final class PushRoute {
  static final String PATH = "/api/v1/trends/observations";
  static final String KEY = "Idempotency-Key";

  private static final Logger LOG = Logger.getLogger(PushRoute.class);
  // After the edge, which is at -1,000, and before the framework bounds bodies at -2.
  private static final int ORDER = -500;
  private static final int DISCARDED_MAX = 64 * 1024 * 1024;
  private static final long BODY_MAX_MS = 15_000;

  private final Deliveries deliveries;
  private final Knocks knocks;
  private final PushSettings settings;
  private final InstantSource clock;

  PushRoute(Deliveries deliveries, Knocks knocks, TrendSettings settings, InstantSource clock) {
    this.deliveries = deliveries;
    this.knocks = knocks;
    this.settings = settings.push();
    this.clock = clock;
  }

  void routes(@Observes Router router) {
    router.post(PATH).order(ORDER).handler(this::receive);
  }

  private void receive(RoutingContext http) {
    var request = http.request();
    var body = Buffer.buffer();
    var received = new long[1];
    var timer =
        http.vertx()
            .setTimer(
                BODY_MAX_MS,
                _ -> {
                  if (!http.response().ended()) {
                    send(http, unread(408, "took more than 15 s to arrive; send it again"));
                  }
                  request.connection().close();
                });
    request.exceptionHandler(_ -> http.vertx().cancelTimer(timer));
    if (length(request) > Deliveries.BODY_MAX) tooLarge(http);
    request.handler(
        piece -> {
          received[0] += piece.length();
          if (received[0] > DISCARDED_MAX) {
            request.connection().close();
          } else if (received[0] <= Deliveries.BODY_MAX) {
            body.appendBuffer(piece);
          } else if (!http.response().ended()) {
            tooLarge(http);
          }
        });
    request.endHandler(
        _ -> {
          http.vertx().cancelTimer(timer);
          if (!http.response().ended()) answer(http, body.getBytes());
        });
    request.resume();
  }

  private void tooLarge(RoutingContext http) {
    send(http, unread(413, "at most 2097152 bytes; send several deliveries"));
  }

  // A body that was not read to its end has no signature that could be looked at.
  private Answer unread(int status, String remedy) {
    return unsigned(wrong(status, "body", remedy), clock.instant());
  }

  private Answer unsigned(Answer answer, Instant now) {
    knocks.unsigned(answer, now);
    return answer;
  }

  // The database is asked off the event loop.
  private void answer(RoutingContext http, byte[] body) {
    var request = http.request();
    var signature = header(request, PushSignature.HEADER);
    var key = header(request, KEY);
    http.vertx()
        .executeBlocking(() -> answered(signature, key, body, clock.instant()), false)
        .onComplete(
            done -> {
              if (done.failed()) {
                LOG.errorf(done.cause(), "a delivery of trends could not be kept");
                send(http, wrong(503, "body", "was not kept; send it again with the same key"));
              } else {
                send(http, done.result());
              }
            });
  }

  Answer answered(String signature, String key, byte[] body, Instant now) {
    if (settings.secret().isEmpty()) {
      return unsigned(
          wrong(404, "address", "nothing is here until trends.push.secret is set"), now);
    }
    if (signature.isEmpty()) {
      return unsigned(wrong(401, PushSignature.HEADER, "is missing; see docs/trends.md"), now);
    }
    var verdict = PushSignature.verify(signature, body, settings.secret(), now);
    if (verdict instanceof PushSignature.Verdict.Invalid(var remedy)) {
      return unsigned(wrong(401, PushSignature.HEADER, remedy), now);
    }
    var answer = signed(key, body, now);
    if (answer.status() >= 400) knocks.signed("http " + JsonDelivery.shown(key), answer, now);
    return answer;
  }

  private Answer signed(String key, byte[] body, Instant now) {
    if (!key.matches("[\\x21-\\x7e]{1,200}")) {
      return deliveries.refuse(
          "http " + JsonDelivery.shown(key),
          wrong(400, KEY, "name this delivery with 1 to 200 printable ASCII characters"),
          now);
    }
    return deliveries.take("http " + key, Deliveries.Format.JSON, body, now);
  }

  private static void send(RoutingContext http, Answer answer) {
    var response = http.response();
    if (response.ended() || response.closed()) return;
    response.setStatusCode(answer.status());
    response.putHeader("Cache-Control", "no-store");
    response.putHeader(
        "Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
    if (answer.repeated()) response.putHeader("Idempotent-Replay", "true");
    if (answer.status() == 503) response.putHeader("Retry-After", "5");
    response.end(answer.json());
  }

  private static Answer wrong(int status, String field, String remedy) {
    return Deliveries.problem(status, field + ": " + remedy, field, List.of());
  }

  private static String header(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name)).orElse("").strip();
  }

  private static long length(HttpServerRequest request) {
    var text = header(request, "Content-Length");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
