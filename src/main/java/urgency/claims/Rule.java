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
  FIXED_END(1),
  /** At zero something real happens: the price is over, and the server refuses it. */
  REAL_END(2),
  /** What was a last chance does not come back as cheap or cheaper within the cooling period. */
  NO_RERUN(3),
  /** Units left are what can be bought now: counted, not rounded, and few. */
  UNITS_LEFT(4),
  /** Viewers are browsers with the product before them now, without programs. */
  VIEWERS(5),
  /** Units sold are those of paid orders in this edition, less what was cancelled. */
  UNITS_SOLD(6),
  /** A "was" price is the lowest of the 30 days before, and the percentage is of that. */
  WAS_PRICE(7),
  /** A badge needs a place, a running edition, or a source with a time. */
  BADGE(8),
  /** A Daily Drop says how many units there are and how many one order may have. */
  NO_BAIT(9),
  /** Held for you is a hold with its true end; at the end the units go back. */
  HELD(10),
  /** No guilt, nothing ticked beforehand, and the first price is the whole price. */
  NO_PRESSURE(11),
  /** Calm mode has the same price and the same chance. */
  CALM(12),
  /** What was paid can be undone, and the money goes back the way it came. */
  WITHDRAWAL(13),
  /** Words that a model wrote may not add a claim of their own. */
  NO_ADDED_CLAIMS(14),
  /** Everything claimed is on record, and the record only grows. */
  ON_RECORD(15);

  private final int number;

  Rule(int number) {
    this.number = number;
  }

  /** From 1 to 15; the message files have its sentence for shoppers. */
  public int number() {
    return number;
  }
}
