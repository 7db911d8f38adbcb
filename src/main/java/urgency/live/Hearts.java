package urgency.live;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.claims.Claim;
import urgency.claims.Claims;
import urgency.claims.Cue;
import urgency.claims.Evidence;
import urgency.platform.sql.Database;
import urgency.shelf.Editions;
import urgency.shelf.Slot;

/**
 * Hearts and shares, one per device and product: a device that likes twice likes once, and what was
 * liked stays liked. Shares are counted once a day.
 */
@Singleton
final class Hearts {
  static final String TOPIC = "hearts";
  // Without news from others the sums are read again after this long.
  private static final Duration READ_AGAIN = Duration.ofSeconds(15);

  private static final String LIKE =
      """
      with added as (
        insert into live.heart (product_id, device, at)
        values (:product, :device, :at)
            on conflict do nothing
        returning product_id
      )
      insert into live.fondness as sums (product_id, hearts, shares)
      select product_id, 1, 0 from added
          on conflict (product_id) do update set hearts = sums.hearts + 1
      """;

  private static final String UNLIKE =
      """
      with removed as (
        delete from live.heart
         where product_id = :product
           and device = :device
        returning product_id
      )
      update live.fondness
         set hearts = hearts - 1
        from removed
       where fondness.product_id = removed.product_id
      """;

  private static final String SHARE =
      """
      with added as (
        insert into live.share (product_id, device, day)
        values (:product, :device, :day)
            on conflict do nothing
        returning product_id
      )
      insert into live.fondness as sums (product_id, hearts, shares)
      select product_id, 0, 1 from added
          on conflict (product_id) do update set shares = sums.shares + 1
      """;

  private static final String SUMS =
      "select product_id, hearts, shares from live.fondness where product_id = any(:products)";

  /** Devices that like a product, and that passed it on. */
  record Fondness(int hearts, int shares) {}

  private final Database database;
  private final Editions editions;
  private final LiveBus bus;
  private Map<ProductId, Fondness> latest = Map.of();
  private volatile boolean moved = true;
  private volatile boolean movedHere;
  private long edition;
  private Instant readAt = Instant.EPOCH;

  Hearts(Database database, Editions editions, LiveBus bus) {
    this.database = database;
    this.editions = editions;
    this.bus = bus;
    bus.hear(TOPIC, _ -> moved = true);
  }

  /**
   * The device likes the product from now on, or no longer does.
   *
   * @return whether anything changed
   */
  boolean like(Handle tx, ProductId product, UUID device, boolean liked, Instant now) {
    var update =
        tx.createUpdate(liked ? LIKE : UNLIKE)
            .bind("product", product.value())
            .bind("device", device);
    if (liked) update.bind("at", now.atOffset(ZoneOffset.UTC));
    return noted(tx, update.execute());
  }

  /** The device passed the product on. */
  boolean share(Handle tx, ProductId product, UUID device, Instant now) {
    return noted(
        tx,
        tx.createUpdate(SHARE)
            .bind("product", product.value())
            .bind("device", device)
            .bind("day", LocalDate.ofInstant(now, ZoneOffset.UTC))
            .execute());
  }

  /** Hearts and shares of these products; those without any are left out. */
  Map<ProductId, Fondness> sums(Handle tx, Collection<ProductId> products) {
    var sums = new HashMap<ProductId, Fondness>();
    tx.createQuery(SUMS)
        .bindArray("products", UUID.class, products.stream().map(ProductId::value).toList())
        .map(
            (row, _) ->
                Map.entry(
                    new ProductId(row.getObject("product_id", UUID.class)),
                    new Fondness(row.getInt("hearts"), row.getInt("shares"))))
        .forEach(it -> sums.put(it.getKey(), it.getValue()));
    return sums;
  }

  /**
   * One beat: tells the others what moved here, and reads the sums when anything moved.
   *
   * @param wanted whether anybody on this node would hear of it
   */
  synchronized void beat(Instant now, boolean wanted) {
    if (movedHere) {
      movedHere = false;
      bus.say(TOPIC, "moved");
    }
    var open = editions.openAt(now);
    var number = open.map(it -> it.number()).orElse(0L);
    var due = moved || number != edition || !readAt.plus(READ_AGAIN).isAfter(now);
    if (!wanted || !due || open.isEmpty()) return;
    moved = false;
    edition = number;
    readAt = now;
    var products = open.get().slots().stream().map(Slot::product).toList();
    latest = Map.copyOf(database.read(tx -> sums(tx, products)));
  }

  /** Hearts that may be told. */
  synchronized Map<ProductId, Claim<Cue.Likes>> likes(Instant now) {
    var likes = new HashMap<ProductId, Claim<Cue.Likes>>();
    latest.forEach(
        (product, it) ->
            Claims.check(
                    new Cue.Likes(it.hearts()),
                    new Evidence.Count(it.hearts(), 1, Duration.ZERO, false, readAt),
                    now)
                .accepted()
                .ifPresent(claim -> likes.put(product, claim)));
    return likes;
  }

  /** How often products were passed on, from once on. */
  synchronized Map<ProductId, Integer> shares() {
    var shares = new HashMap<ProductId, Integer>();
    latest.forEach(
        (product, it) -> {
          if (it.shares() > 0) shares.put(product, it.shares());
        });
    return shares;
  }

  /** Whether this product is on the open shelf, so that it can be liked there. */
  boolean onShelf(ProductId product, Instant now) {
    return editions
        .openAt(now)
        .filter(it -> it.slots().stream().anyMatch(slot -> slot.product().equals(product)))
        .isPresent();
  }

  // Not before it can be read: a beat in between would tell the sums of before and forget it.
  private boolean noted(Handle tx, int rows) {
    if (rows == 0) return false;
    tx.afterCommit(
        () -> {
          moved = true;
          movedHere = true;
        });
    return true;
  }
}
