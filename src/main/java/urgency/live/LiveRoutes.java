package urgency.live;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import urgency.catalog.ProductId;
import urgency.orders.OrderId;
import urgency.orders.Orders;
import urgency.platform.http.Visitors;
import urgency.platform.sql.Database;

/** The addresses at which phones listen, poll, and say what is in front of them. */
@Singleton
final class LiveRoutes {
  static final int LOOK_BYTES_MAX = 512;
  private static final int ID_BYTES = 16;
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Broadcast broadcast;
  private final Audience audience;
  private final Visitors visitors;
  private final InstantSource clock;
  private final BiFunction<OrderId, UUID, Optional<OrderNews>> orderOfBuyer;

  @Inject
  LiveRoutes(
      Broadcast broadcast,
      Audience audience,
      Visitors visitors,
      InstantSource clock,
      Database database,
      Orders orders) {
    this(
        broadcast,
        audience,
        visitors,
        clock,
        (id, buyer) ->
            database
                .read(tx -> orders.find(tx, id))
                .filter(it -> it.buyer().equals(buyer))
                .map(it -> new OrderNews(id.toString(), it.status().name(), it.version())));
  }

  /**
   * @param orderOfBuyer where an order stands, for the one who placed it and nobody else; may block
   */
  LiveRoutes(
      Broadcast broadcast,
      Audience audience,
      Visitors visitors,
      InstantSource clock,
      BiFunction<OrderId, UUID, Optional<OrderNews>> orderOfBuyer) {
    this.broadcast = broadcast;
    this.audience = audience;
    this.visitors = visitors;
    this.clock = clock;
    this.orderOfBuyer = orderOfBuyer;
  }

  void routes(@Observes Router router) {
    router.get("/events").handler(this::listen);
    router.get("/api/live").handler(this::poll);
    router.post("/live/look").handler(this::look);
  }

  private void listen(RoutingContext http) {
    var request = http.request();
    var visitor = visitors.among(header(request, "Cookie"));
    var id = freshId();
    var connection =
        new Connection(
            id,
            Bots.is(header(request, "User-Agent"))
                ? Optional.empty()
                : Optional.of(visitor.map(UUID::toString).orElse(id)),
            address(request),
            http.vertx().getOrCreateContext(),
            request);
    var order = Optional.ofNullable(request.getParam("order")).flatMap(OrderId::parse);
    http.response()
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .closeHandler(_ -> broadcast.leave(connection, order.map(OrderId::toString)))
        .exceptionHandler(_ -> broadcast.leave(connection, order.map(OrderId::toString)));
    switch (broadcast.admit(connection, lastHeard(request))) {
      case Broadcast.Admission.Welcome(var welcome) -> {
        product(request.getParam("product")).ifPresent(it -> look(welcome, it));
        if (order.isPresent() && visitor.isPresent()) {
          follow(http, welcome, order.get(), visitor.get());
        }
      }
      case Broadcast.Admission.Full() -> {
        http.response().putHeader("Retry-After", "30");
        problem(http, 503, "Too many phones are listening; ask /api/live instead.");
      }
    }
  }

  // A browser that reconnects by itself says it in the header, our own script in the address.
  private static String lastHeard(HttpServerRequest request) {
    var header = header(request, "Last-Event-ID");
    var asked = request.getParam("last");
    return !header.isEmpty() || asked == null ? header : asked;
  }

  // A question to the database, hence off the event loop; the stream is open meanwhile.
  private void follow(RoutingContext http, Connection connection, OrderId order, UUID buyer) {
    http.vertx()
        .executeBlocking(() -> orderOfBuyer.apply(order, buyer), false)
        .onSuccess(
            found ->
                found.ifPresent(news -> connection.run(() -> broadcast.follow(connection, news))));
  }

  private void poll(RoutingContext http) {
    http.response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(broadcast.poll(product(http.request().getParam("product")), clock.instant()));
  }

  private void look(RoutingContext http) {
    var request = http.request();
    if (length(request) > LOOK_BYTES_MAX) {
      problem(http, 413, "Send connection and product, and nothing else.");
    } else {
      request.body().onSuccess(body -> look(http, body.toString()));
      request.resume();
    }
  }

  private void look(RoutingContext http, String body) {
    String id;
    Object product;
    try {
      var json = new JsonObject(body);
      id = json.getString("connection", "");
      product = json.getValue("product");
    } catch (DecodeException | ClassCastException malformed) {
      problem(http, 400, "Send a JSON object with connection and product.");
      return;
    }
    var connection = broadcast.connection(id == null ? "" : id);
    var seen = product(product);
    if (product != null && seen.isEmpty()) {
      problem(http, 400, "product must be a product's id or null.");
    } else if (connection.isEmpty()) {
      problem(http, 404, "This connection is not open.");
    } else {
      // The connection may live on another event loop than this request.
      var here = http.vertx().getOrCreateContext();
      connection
          .get()
          .run(
              () -> {
                var allowed = turn(connection.get(), seen);
                here.runOnContext(_ -> answer(http, allowed));
              });
    }
  }

  private boolean turn(Connection connection, Optional<ProductId> product) {
    var allowed = connection.mayLook(clock.millis());
    if (allowed) {
      product.ifPresentOrElse(it -> look(connection, it), () -> audience.leave(connection.id()));
    }
    return allowed;
  }

  private static void answer(RoutingContext http, boolean allowed) {
    if (allowed) {
      http.response().setStatusCode(204).end();
    } else {
      http.response().putHeader("Retry-After", "5");
      problem(http, 429, "Too many looks; one in ten seconds is enough.");
    }
  }

  private void look(Connection connection, ProductId product) {
    connection
        .visitor()
        .ifPresent(it -> audience.look(connection.id(), it, product, clock.instant()));
    // It may have been closed while this was under way.
    if (broadcast.connection(connection.id()).isEmpty()) audience.leave(connection.id());
  }

  static Optional<ProductId> product(@Nullable Object id) {
    return id instanceof String text && ID.matcher(text).matches()
        ? Optional.of(new ProductId(UUID.fromString(text)))
        : Optional.empty();
  }

  static long length(HttpServerRequest request) {
    try {
      return Long.parseLong(header(request, "Content-Length"));
    } catch (NumberFormatException unknown) {
      return Long.MAX_VALUE;
    }
  }

  static String header(HttpServerRequest request, String name) {
    var value = request.getHeader(name);
    return value == null ? "" : value;
  }

  static String address(HttpServerRequest request) {
    var address = request.remoteAddress();
    var host = address == null ? null : address.hostAddress();
    return host == null ? "" : host;
  }

  private static String freshId() {
    var bytes = new byte[ID_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static void problem(RoutingContext http, int status, String detail) {
    http.response()
        .setChunked(false)
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(new JsonObject().put("status", status).put("detail", detail).encode());
  }
}
