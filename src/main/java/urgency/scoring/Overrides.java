package urgency.scoring;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;

/**
 * What operators decided against the engine: links they set or forbade, words they know better, and
 * products they keep off the shelf. It wins until somebody takes it back.
 */
@Singleton
public final class Overrides {
  private static final int READ_MAX = 2_000;

  private static final String SET_LINK =
      """
      insert into scoring.link_override (trend_key, product_id, strength, by_name, at)
      values (:key, :product, :strength, :by, :at)
          on conflict (trend_key, product_id) do update
         set strength = excluded.strength, by_name = excluded.by_name, at = excluded.at
      """;

  private static final String ADD_SYNONYM =
      """
      insert into scoring.synonym (trend_key, means, by_name, at)
      values (:key, :means, :by, :at)
          on conflict do nothing
      """;

  private static final String BAR =
      """
      insert into scoring.barred (product_id, reason, by_name, at)
      values (:product, :reason, :by, :at)
          on conflict (product_id) do update
         set reason = excluded.reason, by_name = excluded.by_name, at = excluded.at
      """;

  /**
   * A link that an operator set.
   *
   * @param key of the trend, folded
   * @param strength 0 forbids the link, 1 is certain
   */
  public record Pin(String key, ProductId product, double strength, String by, Instant at) {
    public boolean forbids() {
      return strength == 0;
    }
  }

  /**
   * What a hashtag means besides its own words.
   *
   * @param key of the trend, folded
   * @param means a word or a few
   */
  public record Synonym(String key, String means, String by, Instant at) {}

  /** A product that an operator keeps off the shelf. */
  public record Barred(ProductId product, String reason, String by, Instant at) {}

  /** All that holds now. */
  public record Standing(List<Pin> pins, List<Synonym> synonyms, Map<ProductId, Barred> barred) {
    public static final Standing NONE = new Standing(List.of(), List.of(), Map.of());

    public Standing {
      pins = List.copyOf(pins);
      synonyms = List.copyOf(synonyms);
      barred = Map.copyOf(barred);
    }
  }

  /** Sets how strongly a trend fits a product, whatever the engine finds. */
  public void pin(Handle tx, Pin pin) {
    tx.createUpdate(SET_LINK)
        .bind("key", pin.key())
        .bind("product", pin.product().value())
        .bind("strength", pin.strength())
        .bind("by", pin.by())
        .bind("at", pin.at().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Leaves a link to the engine again; whether there was anything to leave. */
  public boolean unpin(Handle tx, String key, ProductId product) {
    return tx.createUpdate(
                """
                delete from scoring.link_override
                 where trend_key = :key and product_id = :product
                """)
            .bind("key", key)
            .bind("product", product.value())
            .execute()
        > 0;
  }

  public void add(Handle tx, Synonym synonym) {
    tx.createUpdate(ADD_SYNONYM)
        .bind("key", synonym.key())
        .bind("means", synonym.means())
        .bind("by", synonym.by())
        .bind("at", synonym.at().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Whether there was such a synonym. */
  public boolean remove(Handle tx, String key, String means) {
    return tx.createUpdate("delete from scoring.synonym where trend_key = :key and means = :means")
            .bind("key", key)
            .bind("means", means)
            .execute()
        > 0;
  }

  /** Keeps a product off every shelf from the next one on. */
  public void bar(Handle tx, Barred barred) {
    tx.createUpdate(BAR)
        .bind("product", barred.product().value())
        .bind("reason", barred.reason())
        .bind("by", barred.by())
        .bind("at", barred.at().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Whether the product was kept off. */
  public boolean allow(Handle tx, ProductId product) {
    return tx.createUpdate("delete from scoring.barred where product_id = :product")
            .bind("product", product.value())
            .execute()
        > 0;
  }

  /** All that holds now, in a fixed order. */
  public static Standing standing(Handle tx) {
    var pins =
        tx.createQuery(
                """
                select trend_key, product_id, strength, by_name, at
                  from scoring.link_override
                 order by trend_key, product_id
                 limit :max
                """)
            .bind("max", READ_MAX)
            .map(
                (row, _) ->
                    new Pin(
                        row.getString("trend_key"),
                        new ProductId(row.getObject("product_id", UUID.class)),
                        row.getDouble("strength"),
                        row.getString("by_name"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
            .list();
    var synonyms =
        tx.createQuery(
                """
                select trend_key, means, by_name, at
                  from scoring.synonym
                 order by trend_key, means
                 limit :max
                """)
            .bind("max", READ_MAX)
            .map(
                (row, _) ->
                    new Synonym(
                        row.getString("trend_key"),
                        row.getString("means"),
                        row.getString("by_name"),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
            .list();
    return new Standing(pins, synonyms, barred(tx));
  }

  /** Products that are kept off the shelf. */
  public static Map<ProductId, Barred> barred(Handle tx) {
    var barred = new HashMap<ProductId, Barred>();
    tx.createQuery("select product_id, reason, by_name, at from scoring.barred limit :max")
        .bind("max", READ_MAX)
        .map(
            (row, _) ->
                new Barred(
                    new ProductId(row.getObject("product_id", UUID.class)),
                    row.getString("reason"),
                    row.getString("by_name"),
                    row.getObject("at", OffsetDateTime.class).toInstant()))
        .forEach(it -> barred.put(it.product(), it));
    return barred;
  }
}
