package urgency.claims;

/**
 * The rules of honest urgency that the shop holds itself to, each checked in code.
 *
 * <p>Sources: Directive 2005/29/EC (articles 6 to 9 and Annex I), Directive 98/6/EC (article 6a,
 * CJEU C-330/23), Directive 2011/83/EU (articles 8 and 11a), the British DMCC Act 2024 and CMA207,
 * section 5 of the FTC Act with 16 CFR 233 and 465, and WCAG 2.2.
 */
public enum Rule {
  /** A countdown belongs to something with an end that is on record and never moves. */
  FIXED_END,
  /** At zero something real happens: the price is over, and the server refuses it. */
  REAL_END,
  /** What was a last chance does not come back as cheap or cheaper within the cooling period. */
  NO_RERUN,
  /** Units left are what can be bought now: counted, not rounded, and few. */
  UNITS_LEFT,
  /** Viewers are browsers with the product before them now, without programs. */
  VIEWERS,
  /** Units sold are those of paid orders in this edition, less what was cancelled. */
  UNITS_SOLD,
  /** A "was" price is the lowest of the 30 days before, and the percentage is of that. */
  WAS_PRICE,
  /** A badge needs a place, a running edition, or a source with a time. */
  BADGE,
  /** A Daily Drop says how many units there are and how many one order may have. */
  NO_BAIT,
  /** Held for you is a hold with its true end; at the end the units go back. */
  HELD,
  /** No guilt, nothing ticked beforehand, and the first price is the whole price. */
  NO_PRESSURE,
  /** Calm mode has the same price and the same chance. */
  CALM,
  /** What was paid can be undone, and the money goes back the way it came. */
  WITHDRAWAL,
  /** Words that a model wrote may not add a claim of their own. */
  NO_ADDED_CLAIMS,
  /** Everything claimed is on record, and the record only grows. */
  ON_RECORD;

  /** From 1 to 15; the message files have its sentence for shoppers. */
  public int number() {
    return ordinal() + 1;
  }
}
