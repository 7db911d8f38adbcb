package urgency.operators;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What operators did, in the transaction in which they did it; never changed afterwards. */
@Singleton
public final class Acts {
  private static final int TEXT_MAX = 300;

  /**
   * One act.
   *
   * @param what such as {@code refund}
   * @param object what it was done to
   */
  public record Act(
      Instant at, String by, String address, String what, String object, String detail) {}

  public void write(Handle tx, Act act) {
    tx.createUpdate(
            """
            insert into operators.act (at, by_name, address, what, object, detail)
            values (:at, :by, :address, :what, :object, :detail)
            """)
        .bind("at", act.at().atOffset(ZoneOffset.UTC))
        .bind("by", shortened(act.by()))
        .bind("address", shortened(act.address()))
        .bind("what", shortened(act.what()))
        .bind("object", shortened(act.object()))
        .bind("detail", shortened(act.detail()))
        .execute();
  }

  /** The latest acts, newest first. */
  public List<Act> latest(Handle tx, int max) {
    return tx.createQuery(
            """
            select at, by_name, address, what, object, detail
              from operators.act
             order by id desc
             limit :max
            """)
        .bind("max", max)
        .map(
            (row, _) ->
                new Act(
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("by_name"),
                    row.getString("address"),
                    row.getString("what"),
                    row.getString("object"),
                    row.getString("detail")))
        .list();
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }
}
