package urgency.payments;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where the payment provider tells us things. A request is checked, stored and answered; what the
 * event means is worked out afterwards by {@link InboxWorker}.
 */
@Path(Webhook.PATH)
@Singleton
public final class Webhook {
  static final String PATH = "/webhooks/stripe";
  static final int BODY_MAX = 256 * 1024;
  private static final int HEADERS_MAX = 4_000;
  private static final Pattern SECRET = Pattern.compile("(?i)cookie|authorization");

  private static final Logger LOG = Logger.getLogger(Webhook.class);
  // After the edge, which is at 1,000, and before the resources.
  private static final int PRIORITY = 900;

  /** What became of a delivery. */
  sealed interface Receipt {
    /** On disk, now or before. */
    record Kept() implements Receipt {}

    /** Not from who it says, or not an event; repeating it would not help. */
    record Refused(String why) implements Receipt {}

    record TooLarge() implements Receipt {}

    /** Not on disk; it must be repeated. */
    record NotNow() implements Receipt {}
  }

  private final Inbox inbox;
  private final InboxWorker worker;
  private final WebhookSecrets secrets;
  private final MeterRegistry metrics;
  private final InstantSource clock;

  Webhook(
      Inbox inbox,
      InboxWorker worker,
      WebhookSecrets secrets,
      MeterRegistry metrics,
      InstantSource clock) {
    this.inbox = inbox;
    this.worker = worker;
    this.secrets = secrets;
    this.metrics = metrics;
    this.clock = clock;
  }

  // What the body is called does not matter, and a name that cannot be read must not cost an event.
  void takeAnyContentType(@Observes Filters filters) {
    filters.register(
        request -> {
          if (PATH.equals(request.request().path())) {
            request.request().headers().remove(HttpHeaders.CONTENT_TYPE);
          }
          request.next();
        },
        PRIORITY);
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(hidden = true)
  @RunOnVirtualThread
  public Response post(
      @HeaderParam("Stripe-Signature") @Nullable String signature,
      @Context HttpHeaders headers,
      InputStream body) {
    return answer(signature, lines(headers), body);
  }

  Response answer(@Nullable String signature, String headers, InputStream body) {
    var receipt = read(signature, headers, body);
    return switch (receipt) {
      case Receipt.Kept() -> answer(200, "kept");
      case Receipt.Refused(var why) -> refused(400, why);
      case Receipt.TooLarge() -> refused(413, "too large");
      case Receipt.NotNow() ->
          Response.fromResponse(answer(503, "not stored; send it again"))
              .header("Retry-After", "5")
              .build();
    };
  }

  // Who sends chunks that are none, or hangs up, is not told apart and fills no log.
  private Receipt read(@Nullable String signature, String headers, InputStream body) {
    try {
      var raw = body.readNBytes(BODY_MAX + 1);
      return raw.length > BODY_MAX
          ? new Receipt.TooLarge()
          : receive(signature, headers, raw, clock.instant());
    } catch (IOException cut) {
      return new Receipt.Refused("the body cannot be read");
    }
  }

  Receipt receive(@Nullable String header, byte[] raw, Instant now) {
    return receive(header, "", raw, now);
  }

  private Receipt receive(@Nullable String header, String headers, byte[] raw, Instant now) {
    return switch (Signature.verify(header, raw, secrets.values(), now)) {
      case Signature.Verdict.Invalid(var why) -> new Receipt.Refused(why);
      case Signature.Verdict.Valid() ->
          Envelope.parse(raw)
              .map(it -> store(it, headers, raw, now))
              .orElseGet(() -> new Receipt.Refused("not an event"));
    };
  }

  private Receipt store(Envelope envelope, String headers, byte[] raw, Instant now) {
    try {
      var accepted = inbox.accept(news(envelope, headers, raw, now));
      if (accepted == Inbox.Accepted.STORED) worker.nudge();
      return new Receipt.Kept();
    } catch (RuntimeException down) {
      LOG.errorf(down, "event %s could not be stored", envelope.eventId());
      return new Receipt.NotNow();
    }
  }

  private Inbox.News news(Envelope envelope, String headers, byte[] raw, Instant now) {
    var status = Inbox.Status.NEW;
    var note = "";
    if (!envelope.isUsed()) {
      status = Inbox.Status.IGNORED;
      note = "the shop does not use events of this type";
    } else if (envelope.live() != secrets.live()) {
      status = Inbox.Status.IGNORED;
      note = "live and test money do not mix";
    }
    return new Inbox.News(envelope, raw, headers, Inbox.Source.PUSH, status, note, now);
  }

  // For the person who looks into an event; what names itself a secret is not kept.
  private static String lines(HttpHeaders headers) {
    var lines = new StringBuilder();
    new TreeMap<>(headers.getRequestHeaders())
        .forEach(
            (name, values) -> {
              if (SECRET.matcher(name).find()) return;
              lines.append(name).append(": ").append(String.join(", ", values)).append('\n');
            });
    var text = lines.toString().replace('\0', ' ');
    return text.length() <= HEADERS_MAX ? text : text.substring(0, HEADERS_MAX);
  }

  private Response refused(int status, String why) {
    metrics.counter("webhook_refused", "why", why).increment();
    return answer(status, why);
  }

  private static Response answer(int status, String text) {
    return Response.status(status)
        .type(MediaType.TEXT_PLAIN_TYPE)
        .header("Cache-Control", "no-store")
        .entity(text)
        .build();
  }
}
