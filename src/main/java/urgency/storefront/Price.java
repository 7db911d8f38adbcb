package urgency.storefront;

import java.util.Optional;
import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.money.Money;

/**
 * A price as a page sets it apart.
 *
 * @param reduced that it was dearer, if that may be said
 * @param from whether other variants cost more
 */
public record Price(Money now, Optional<Claim<Cue.WasPrice>> reduced, boolean from) {

  public static Price plain(Money money) {
    return new Price(money, Optional.empty(), false);
  }

  /** The lawful reference; shown only where there is something {@link #off}. */
  public Money was() {
    return reduced.map(it -> it.cue().was()).orElse(now);
  }

  /** Whole percent below the reference, 0 where nothing may be said. */
  public int off() {
    return reduced.map(it -> it.cue().percentOff()).orElse(0);
  }
}
