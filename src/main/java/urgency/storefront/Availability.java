package urgency.storefront;

import java.util.Optional;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.words.Text;

/**
 * How many units of a product are left, and what may be said about it.
 *
 * @param bought that units were sold, if that may be said
 * @param few that few are left, if that may be said
 */
public record Availability(
    String product,
    int stocked,
    int left,
    Optional<Claim<Cue.UnitsSold>> bought,
    Optional<Claim<Cue.UnitsLeft>> few) {

  /** Units sold that may be told; 0 when none may. */
  public int sold() {
    return bought.map(it -> it.cue().units()).orElse(0);
  }

  /** Sold units of those stocked, 0 to 100. */
  public int percent() {
    return stocked <= 0 ? 0 : Math.clamp(sold() * 100L / stocked, 0, 100);
  }

  /** What a card says of the units that are left; nothing unless they are few. */
  public Text leftText() {
    return leftText(few);
  }

  /** Same, of a variant. */
  public static Text leftText(Optional<Claim<Cue.UnitsLeft>> few) {
    return few.map(it -> it.cue().units())
        .map(it -> it == 1 ? Text.of("last_one") : Text.of("only_left", it))
        .orElse(Text.NOTHING);
  }
}
