package urgency.judging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/**
 * How much the judges count. Judges begin in shadow, where they are asked, kept and measured, and
 * count nothing; they have to earn their weight, and lose it by themselves.
 *
 * @param rho correlation of what they say with what statistics miss; 0 in shadow
 * @param model the one that was measured, as it calls itself; empty before the first answer
 * @param prompt the rubric that was measured
 * @param reason one sentence for people
 */
public record Standing(
    Mode mode, double rho, Lean lean, String model, String prompt, String reason, Instant at) {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String CURRENT =
      """
      select mode, rho, lean::text as lean, model, prompt, reason, at
        from judging.standing
       order by id desc
       limit 1
      """;

  private static final String ADD =
      """
      insert into judging.standing (at, mode, rho, lean, model, prompt, reason)
      values (:at, :mode, :rho, :lean::jsonb, :model, :prompt, :reason)
      """;

  /** Where a judge begins. */
  public static final Standing FIRST =
      new Standing(
          Mode.SHADOW, 0, Lean.START, "", "", "no judge has been measured yet", Instant.EPOCH);

  public Standing {
    if (!(Math.abs(rho) <= 1)) throw new IllegalArgumentException("rho " + rho);
    if (mode == Mode.SHADOW && rho != 0) throw new IllegalArgumentException("weight in shadow");
  }

  /** Whether the judges count. */
  public enum Mode {
    SHADOW,
    LIVE
  }

  /** The newest; in shadow where there is none. */
  public static Standing current(Handle tx) {
    return tx.createQuery(CURRENT).map((row, _) -> standing(row)).findOne().orElse(FIRST);
  }

  /** Back to shadow, with what was learnt kept for the eye. */
  public Standing demoted(String why, Instant now) {
    return new Standing(Mode.SHADOW, 0, lean, model, prompt, why, now);
  }

  /** Holds from now on. */
  public void put(Handle tx) {
    tx.createUpdate(ADD)
        .bind("at", at.atOffset(ZoneOffset.UTC))
        .bind("mode", mode.name())
        .bind("rho", rho)
        .bind("lean", written(lean))
        .bind("model", model)
        .bind("prompt", prompt)
        .bind("reason", reason)
        .execute();
  }

  private static Standing standing(ResultSet row) throws SQLException {
    try {
      return new Standing(
          Mode.valueOf(row.getString("mode")),
          row.getDouble("rho"),
          JSON.readValue(row.getString("lean"), Lean.class),
          row.getString("model"),
          row.getString("prompt"),
          row.getString("reason"),
          row.getTimestamp("at").toInstant());
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("lean cannot be read", damaged);
    }
  }

  private static String written(Lean lean) {
    try {
      return JSON.writeValueAsString(lean);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("lean cannot be written", impossible);
    }
  }
}
