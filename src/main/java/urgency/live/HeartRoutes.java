package urgency.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import urgency.catalog.ProductId;
import urgency.platform.http.Visitors;
import urgency.platform.sql.Database;

/**
 * The addresses at which a phone says that a product is liked or was passed on. A device is known
 * by the signed cookie that it gets with its first heart.
 */
@Singleton
final class HeartRoutes {
  private static final int ADDRESSES_MAX = 50_000;
  private static final int PER_MINUTE = 60;

  /** What a phone wants counted. */
  @FunctionalInterface
  interface Counting {
    boolean count(ProductId product, UUID device, JsonObject said);
  }

  private final Hearts hearts;
  private final Visitors visitors;
  private final Database database;
  private final InstantSource clock;
  private final Cache<String, Bucket> addresses =
      Caffeine.newBuilder()
          .maximumSize(ADDRESSES_MAX)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  @Inject
  HeartRoutes(Hearts hearts, Visitors visitors, Database database, InstantSource clock) {
    this.hearts = hearts;
    this.visitors = visitors;
    this.database = database;
    this.clock = clock;
  }

  void routes(@Observes Router router) {
    router.post("/live/heart").handler(http -> take(http, this::like));
    router.post("/live/share").handler(http -> take(http, this::share));
  }

  private boolean like(ProductId product, UUID device, JsonObject said) {
    var liked = Boolean.TRUE.equals(said.getValue("liked"));
    return database.write(tx -> hearts.like(tx, product, device, liked, clock.instant()));
  }

  private boolean share(ProductId product, UUID device, JsonObject said) {
    return database.write(tx -> hearts.share(tx, product, device, clock.instant()));
  }

  private void take(RoutingContext http, Counting counting) {
    var request = http.request();
    if (LiveRoutes.length(request) > LiveRoutes.LOOK_BYTES_MAX) {
      LiveRoutes.problem(http, 413, "Send product and liked, and nothing else.");
    } else if (!bucket(LiveRoutes.address(request)).tryConsume(1)) {
      http.response().putHeader("Retry-After", "10");
      LiveRoutes.problem(http, 429, "Too many hearts; sixty in a minute are enough.");
    } else {
      request.body().onSuccess(body -> take(http, body.toString(), counting));
      request.resume();
    }
  }

  private void take(RoutingContext http, String body, Counting counting) {
    var said = json(body);
    var product = said.flatMap(it -> LiveRoutes.product(it.getValue("product")));
    if (product.isEmpty()) {
      LiveRoutes.problem(http, 400, "Send a JSON object with a product's id as product.");
    } else if (!hearts.onShelf(product.get(), clock.instant())) {
      LiveRoutes.problem(http, 404, "This product is not on the open shelf.");
    } else if (Bots.is(LiveRoutes.header(http.request(), "User-Agent"))) {
      // A program may press the button; it is just not counted.
      http.response().setStatusCode(204).end();
    } else {
      count(http, product.get(), said.get(), counting);
    }
  }

  private void count(RoutingContext http, ProductId product, JsonObject said, Counting counting) {
    var known = visitors.among(LiveRoutes.header(http.request(), "Cookie"));
    var device = known.orElseGet(UUID::randomUUID);
    http.vertx()
        .executeBlocking(() -> counting.count(product, device, said), false)
        .onSuccess(
            _ -> {
              if (known.isEmpty()) {
                http.response().putHeader("Set-Cookie", visitors.header(device));
              }
              http.response().putHeader("Cache-Control", "no-store").setStatusCode(204).end();
            })
        .onFailure(
            _ -> LiveRoutes.problem(http, 503, "Hearts cannot be counted now; try again later."));
  }

  private Bucket bucket(String address) {
    return addresses.get(
        address,
        _ ->
            Bucket.builder()
                .addLimit(
                    limit ->
                        limit.capacity(PER_MINUTE).refillGreedy(PER_MINUTE, Duration.ofMinutes(1)))
                .build());
  }

  private static Optional<JsonObject> json(String body) {
    try {
      return Optional.of(new JsonObject(body));
    } catch (DecodeException malformed) {
      return Optional.empty();
    }
  }
}
