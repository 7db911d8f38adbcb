package urgency.catalog;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.money.Money;

/**
 * Every price at which a variant was ever offered, append-only.
 *
 * <p>The lawful reference of a reduction is the lowest price of the 30 days before it (Directive
 * 98/6/EC, article 6a), so each flash price is written here too.
 *
 * <p>A price without an end is a regular one: it holds until the next regular one begins. A price
 * with an end is a flash price: it holds beside the regular one, and to its announced end even if
 * it sold out before, since it was offered.
 */
@Singleton
public final class PriceHistory {
  /** A price that holds from an instant; a flash price also has an end. */
  public record Offered(VariantId variant, Money price, Instant from, Optional<Instant> until) {
    public Offered {
      if (until.isPresent() && !until.get().isAfter(from)) {
        throw new IllegalArgumentException("price ends before it begins: " + variant);
      }
    }
  }

  /**
   * What is known of a variant's past.
   *
   * @param since when its first price began
   * @param lowestFlash lowest flash price that held within the time asked for; empty for none
   */
  public record Known(Instant since, Optional<Money> lowestFlash) {}

  // Only prices in the variant's present currency compare with its present price.
  private static final String KNOWN =
      """
      select price.variant_id,
             min(price.valid_from) as since,
             min(price.price_minor) filter (
               where price.valid_until > :from and price.valid_from < :until) as flash_minor,
             variant.currency
        from catalog.price
        join catalog.variant on variant.id = price.variant_id
                            and variant.currency = price.currency
       where price.variant_id = any(:variants)
       group by price.variant_id, variant.currency
      """;

  private static final String APPEND =
      """
      insert into catalog.price (variant_id, price_minor, currency, valid_from, valid_until)
      values (:variant, :price, :currency, :from, :until)
          on conflict do nothing
      """;

  // Only prices in the variant's present currency compare with its present price.
  private static final String LOWEST =
      """
      with regular as (
        select variant_id, price_minor, currency, valid_from,
               lead(valid_from) over (partition by variant_id order by valid_from, id) as ends
          from catalog.price
         where variant_id = any(:variants)
           and valid_until is null
      ),
      offered as (
        select variant_id, price_minor, currency
          from regular
         where valid_from < :until
           and (ends is null or (ends > :from and ends > valid_from))
         union all
        select variant_id, price_minor, currency
          from catalog.price
         where variant_id = any(:variants)
           and valid_from < :until
           and valid_until > :from
      )
      select offered.variant_id, min(offered.price_minor) as price_minor, offered.currency
        from offered
        join catalog.variant on variant.id = offered.variant_id
                            and variant.currency = offered.currency
       group by offered.variant_id, offered.currency
      """;

  /** Appends; an equal row is not written twice. */
  public void append(Handle tx, Collection<Offered> prices) {
    if (prices.isEmpty()) return;
    var batch = tx.prepareBatch(APPEND);
    for (var it : prices) {
      batch
          .bind("variant", it.variant().value())
          .bind("price", it.price().minor())
          .bind("currency", it.price().currency().getCurrencyCode())
          .bind("from", it.from().atOffset(ZoneOffset.UTC))
          .bind("until", it.until().map(at -> at.atOffset(ZoneOffset.UTC)))
          .add();
    }
    batch.execute();
  }

  /**
   * The lowest price at which each variant was offered at any moment of {@code [from, until)}.
   * Variants without 30 days of history count from their first price; those that had no price at
   * all in that time are left out.
   */
  public Map<VariantId, Money> lowest(
      Handle tx, Collection<VariantId> variants, Instant from, Instant until) {
    var lowest = new HashMap<VariantId, Money>();
    tx.createQuery(LOWEST)
        .bindArray("variants", UUID.class, variants.stream().map(VariantId::value).toList())
        .bind("from", from.atOffset(ZoneOffset.UTC))
        .bind("until", until.atOffset(ZoneOffset.UTC))
        .map(
            (row, _) ->
                Map.entry(
                    new VariantId(row.getObject("variant_id", UUID.class)),
                    Money.of(row.getLong("price_minor"), row.getString("currency"))))
        .forEach(it -> lowest.put(it.getKey(), it.getValue()));
    return lowest;
  }

  /**
   * What is known of each variant, with its flash prices at any moment of {@code [from, until)}.
   */
  public Map<VariantId, Known> known(
      Handle tx, Collection<VariantId> variants, Instant from, Instant until) {
    var known = new HashMap<VariantId, Known>();
    tx.createQuery(KNOWN)
        .bindArray("variants", UUID.class, variants.stream().map(VariantId::value).toList())
        .bind("from", from.atOffset(ZoneOffset.UTC))
        .bind("until", until.atOffset(ZoneOffset.UTC))
        .map((row, _) -> Map.entry(new VariantId(row.getObject("variant_id", UUID.class)), of(row)))
        .forEach(it -> known.put(it.getKey(), it.getValue()));
    return known;
  }

  private static Known of(ResultSet row) throws SQLException {
    var minor = row.getLong("flash_minor");
    var flash =
        row.wasNull()
            ? Optional.<Money>empty()
            : Optional.of(Money.of(minor, row.getString("currency")));
    return new Known(row.getObject("since", OffsetDateTime.class).toInstant(), flash);
  }
}
