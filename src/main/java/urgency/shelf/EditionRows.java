package urgency.shelf;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;
import urgency.money.Money;
import urgency.scoring.Score;

/** Editions as rows. Inserts and reads; the tables refuse everything else. */
final class EditionRows {
  // A second publisher of the same time or number gets no row and so knows that it came too late.
  private static final String CLAIM =
      """
      insert into shelf.edition (number, opens_at, closes_at, published_at)
      values (:number, :opensAt, :closesAt, :now)
          on conflict do nothing
      """;

  private static final String ADD_SLOT =
      """
      insert into shelf.slot (edition, place, product_id, virality, urgency, reason, evidence,
                              scorer, scored_at, source, virality_low, virality_high,
                              urgency_low, urgency_high)
      values (:edition, :place, :product, :virality, :urgency, :reason, :evidence,
              :scorer, :scoredAt, :source, :viralityLow, :viralityHigh,
              :urgencyLow, :urgencyHigh)
      """;

  private static final String ADD_DEAL =
      """
      insert into shelf.deal (edition, variant_id, product_id, position, title, price_minor,
                              regular_minor, reference_minor, currency, units_stocked,
                              per_order_max)
      values (:edition, :variant, :product, :position, :title, :price,
              :regular, :reference, :currency, :unitsStocked, :perOrderMax)
      """;

  private static final String EDITION =
      "select number, opens_at, closes_at from shelf.edition where number = :number";

  private static final String NEWEST =
      """
      select number, opens_at, closes_at
        from shelf.edition
       order by number desc
       limit :max
      """;

  private static final String SLOTS =
      """
      select place, product_id, virality, urgency, reason, evidence, scorer, scored_at,
             source, virality_low, virality_high, urgency_low, urgency_high
        from shelf.slot
       where edition = :number
       order by place
      """;

  private static final String DEALS =
      """
      select variant_id, product_id, title, price_minor, regular_minor, reference_minor,
             trim(currency) as currency, units_stocked, per_order_max
        from shelf.deal
       where edition = :number
       order by product_id, position
      """;

  private static final String LOWEST_FLASH =
      """
      select d.variant_id, trim(d.currency) as currency, min(d.price_minor) as price_minor
        from shelf.deal d
        join shelf.edition e on e.number = d.edition
       where d.price_minor < d.regular_minor
         and e.closes_at > :since
       group by d.variant_id, d.currency
      """;

  private static final String SHOWN =
      """
      select product_id, max(edition) as edition
        from shelf.slot
       where edition > :after
       group by product_id
      """;

  /** An edition without what is on it. */
  record Head(long number, Instant opensAt, Instant closesAt) {}

  /**
   * What the last editions had.
   *
   * @param newest the newest edition that had each product
   * @param last number of the last edition
   * @param rest how many editions back matter beyond the last
   */
  record Shown(Map<ProductId, Long> newest, long last, int rest) {
    /** Whether the last edition had it. */
    boolean last(ProductId product) {
      return newest.getOrDefault(product, 0L) == last && last > 0;
    }

    /** The newest edition that had it, as far back as a product rests. */
    Optional<Long> in(ProductId product) {
      return Optional.ofNullable(newest.get(product)).filter(it -> it > last - rest);
    }
  }

  private EditionRows() {}

  /** Writes an edition down; 0 when its time or its number is taken, else 1. */
  static int add(Handle tx, Edition edition, Instant now) {
    var claimed =
        tx.createUpdate(CLAIM)
            .bind("number", edition.number())
            .bind("opensAt", edition.opensAt().atOffset(ZoneOffset.UTC))
            .bind("closesAt", edition.closesAt().atOffset(ZoneOffset.UTC))
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .execute();
    if (claimed == 1) {
      addSlots(tx, edition);
      addDeals(tx, edition);
    }
    return claimed;
  }

  static Optional<Edition> find(Handle tx, long number) {
    var head = tx.createQuery(EDITION).bind("number", number).map((row, _) -> head(row)).findOne();
    return head.map(it -> whole(tx, it));
  }

  static List<Head> newest(Handle tx, int max) {
    return tx.createQuery(NEWEST).bind("max", max).map((row, _) -> head(row)).list();
  }

  static Edition whole(Handle tx, Head head) {
    var deals = deals(tx, head.number());
    var slots =
        tx.createQuery(SLOTS)
            .bind("number", head.number())
            .map((row, _) -> slot(row, deals))
            .list();
    return new Edition(head.number(), head.opensAt(), head.closesAt(), slots);
  }

  /** The lowest flash price of each variant in editions that closed after an instant. */
  static Map<VariantId, Money> lowestFlash(Handle tx, Instant since) {
    var lowest = new HashMap<VariantId, Money>();
    tx.createQuery(LOWEST_FLASH)
        .bind("since", since.atOffset(ZoneOffset.UTC))
        .map(
            (row, _) ->
                Map.entry(
                    new VariantId(row.getObject("variant_id", UUID.class)),
                    money(row, "price_minor")))
        .forEach(it -> lowest.put(it.getKey(), it.getValue()));
    return lowest;
  }

  static Shown shown(Handle tx, long last, ShelfSettings settings) {
    var newest = new HashMap<ProductId, Long>();
    tx.createQuery(SHOWN)
        .bind("after", last - Math.max(1, settings.rest()))
        .map(
            (row, _) ->
                Map.entry(
                    new ProductId(row.getObject("product_id", UUID.class)), row.getLong("edition")))
        .forEach(it -> newest.put(it.getKey(), it.getValue()));
    return new Shown(newest, last, settings.rest());
  }

  private static void addSlots(Handle tx, Edition edition) {
    var batch = tx.prepareBatch(ADD_SLOT);
    for (var it : edition.slots()) {
      batch
          .bind("edition", edition.number())
          .bind("place", it.place())
          .bind("product", it.product().value())
          .bind("virality", it.virality())
          .bind("urgency", it.urgency())
          .bind("reason", it.reason())
          .bind("evidence", it.evidence())
          .bind("scorer", it.scorer())
          .bind("scoredAt", it.scoredAt().atOffset(ZoneOffset.UTC))
          .bind("source", it.basis().map(basis -> basis.source().name()))
          .bind("viralityLow", it.basis().map(basis -> basis.bands().virality().low()))
          .bind("viralityHigh", it.basis().map(basis -> basis.bands().virality().high()))
          .bind("urgencyLow", it.basis().map(basis -> basis.bands().urgency().low()))
          .bind("urgencyHigh", it.basis().map(basis -> basis.bands().urgency().high()))
          .add();
    }
    batch.execute();
  }

  private static void addDeals(Handle tx, Edition edition) {
    var batch = tx.prepareBatch(ADD_DEAL);
    for (var slot : edition.slots()) {
      for (var i = 0; i < slot.deals().size(); i++) {
        var it = slot.deals().get(i);
        batch
            .bind("edition", edition.number())
            .bind("variant", it.variant().value())
            .bind("product", slot.product().value())
            .bind("position", i + 1)
            .bind("title", it.title())
            .bind("price", it.price().minor())
            .bind("regular", it.regular().minor())
            .bind("reference", it.reference().minor())
            .bind("currency", it.price().currency().getCurrencyCode())
            .bind("unitsStocked", it.unitsStocked())
            .bind("perOrderMax", it.perOrderMax())
            .add();
      }
    }
    batch.execute();
  }

  private static Map<ProductId, List<Deal>> deals(Handle tx, long number) {
    var deals = new HashMap<ProductId, List<Deal>>();
    tx.createQuery(DEALS)
        .bind("number", number)
        .map(
            (row, _) ->
                Map.entry(new ProductId(row.getObject("product_id", UUID.class)), deal(row)))
        .forEach(
            it -> deals.computeIfAbsent(it.getKey(), _ -> new ArrayList<>()).add(it.getValue()));
    return deals;
  }

  private static Slot slot(ResultSet row, Map<ProductId, List<Deal>> deals) throws SQLException {
    var product = new ProductId(row.getObject("product_id", UUID.class));
    return new Slot(
        row.getInt("place"),
        product,
        deals.getOrDefault(product, List.of()),
        row.getInt("virality"),
        row.getInt("urgency"),
        row.getString("reason"),
        row.getString("evidence"),
        row.getString("scorer"),
        instant(row, "scored_at"),
        basis(row));
  }

  private static Optional<Slot.Basis> basis(ResultSet row) throws SQLException {
    var source = row.getString("source");
    if (source == null) return Optional.empty();
    return Optional.of(
        new Slot.Basis(
            Score.Source.valueOf(source),
            new Score.Bands(
                new Score.Band(row.getInt("virality_low"), row.getInt("virality_high")),
                new Score.Band(row.getInt("urgency_low"), row.getInt("urgency_high")))));
  }

  private static Deal deal(ResultSet row) throws SQLException {
    return new Deal(
        new VariantId(row.getObject("variant_id", UUID.class)),
        row.getString("title"),
        money(row, "price_minor"),
        money(row, "regular_minor"),
        money(row, "reference_minor"),
        row.getInt("units_stocked"),
        row.getInt("per_order_max"));
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(row.getLong("number"), instant(row, "opens_at"), instant(row, "closes_at"));
  }

  private static Money money(ResultSet row, String column) throws SQLException {
    return Money.of(row.getLong(column), row.getString("currency"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
