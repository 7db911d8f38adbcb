package urgency.scoring;

import jakarta.inject.Singleton;
import java.sql.Array;
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
import urgency.scoring.Scorer.Candidate;

/**
 * What a judge of meaning sees a risk in, such as a trademark or a medical claim. It lifts nothing
 * and lowers nothing here: a product with a risk stays off the shelf until an operator approves
 * that risk, once.
 */
@Singleton
public final class Risks {
  private static final int READ_MAX = 10_000;

  private static final String NOTE =
      """
      insert into scoring.risk (product_id, risks, model, at)
      values (:product, :risks, :model, :at)
      """;

  private static final String READ =
      """
      select r.product_id, r.model, r.at,
             array(select unnest(r.risks)
                   except
                   select a.risk from scoring.approved_risk a where a.product_id = r.product_id
                    order by 1) as open,
             array(select a.risk || ', ' || a.by_name
                     from scoring.approved_risk a
                    where a.product_id = r.product_id and a.risk = any (r.risks)
                    order by a.risk) as approved
        from scoring.risk r
       order by r.product_id
       limit :max
      """;

  private static final String APPROVE =
      """
      insert into scoring.approved_risk (product_id, risk, by_name, at)
      select product_id, unnest(risks), :by, :at
        from scoring.risk
       where product_id = :product
          on conflict do nothing
      """;

  /**
   * What is seen in one product.
   *
   * @param open that nobody has approved, in order; empty when all are approved
   * @param approved each with who did
   * @param at when the model said so
   */
  public record Seen(
      ProductId product, List<String> open, List<String> approved, String model, Instant at) {
    public Seen {
      open = List.copyOf(open);
      approved = List.copyOf(approved);
    }
  }

  /** Keeps what the judges see now; of what they do not speak of now, what they saw last stands. */
  static void note(Handle tx, List<Candidate> candidates) {
    var heard = candidates.stream().filter(it -> it.opinion().isPresent()).toList();
    if (heard.isEmpty()) return;
    tx.createUpdate("delete from scoring.risk where product_id = any (:products)")
        .bindArray(
            "products", UUID.class, heard.stream().map(it -> it.product().id().value()).toArray())
        .execute();
    var batch = tx.prepareBatch(NOTE);
    for (var it : heard) {
      var opinion = it.opinion().orElseThrow();
      var risks = opinion.risks();
      if (risks.isEmpty()) continue;
      batch
          .bind("product", it.product().id().value())
          .bindArray("risks", String.class, risks.stream().map(Enum::name).sorted().toArray())
          .bind("model", opinion.model())
          .bind("at", opinion.at().atOffset(ZoneOffset.UTC))
          .add();
    }
    if (batch.size() > 0) batch.execute();
  }

  /** Products with a risk, approved or not. */
  public static Map<ProductId, Seen> seen(Handle tx) {
    var seen = new HashMap<ProductId, Seen>();
    tx.createQuery(READ)
        .bind("max", READ_MAX)
        .map(
            (row, _) ->
                new Seen(
                    new ProductId(row.getObject("product_id", UUID.class)),
                    words(row.getArray("open")),
                    words(row.getArray("approved")),
                    row.getString("model"),
                    row.getObject("at", OffsetDateTime.class).toInstant()))
        .forEach(it -> seen.put(it.product(), it));
    return seen;
  }

  /** What is seen in one product. */
  public static Optional<Seen> seen(Handle tx, ProductId product) {
    return Optional.ofNullable(seen(tx).get(product));
  }

  /**
   * Approves what is seen in a product now; what is seen later asks anew. Whether there was any.
   */
  public boolean approve(Handle tx, ProductId product, String by, Instant at) {
    return tx.createUpdate(APPROVE)
            .bind("product", product.value())
            .bind("by", by)
            .bind("at", at.atOffset(ZoneOffset.UTC))
            .execute()
        > 0;
  }

  /** Takes every approval of a product back. Whether there was any. */
  public boolean withdraw(Handle tx, ProductId product) {
    return tx.createUpdate("delete from scoring.approved_risk where product_id = :product")
            .bind("product", product.value())
            .execute()
        > 0;
  }

  private static List<String> words(Array array) throws SQLException {
    var words = new ArrayList<String>();
    for (var it : (Object[]) array.getArray()) words.add(String.valueOf(it));
    return words;
  }
}
