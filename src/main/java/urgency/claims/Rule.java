package urgency.claims;

/**
 * The rules of honest urgency that the shop holds itself to, each checked in code.
 *
 * <p>Sources: Directive 2005/29/EC (articles 6 to 9 and Annex I), Directive 98/6/EC (article 6a,
 * CJEU C-330/23), Directive 2011/83/EU (articles 8 and 11a), the British DMCC Act 2024 and CMA207,
 * section 5 of the FTC Act with 16 CFR 233 and 465, and WCAG 2.2.
 */
public enum Rule {
  FIXED_END(1, "A countdown belongs to something with an end that is on record and never moves."),
  REAL_END(2, "At zero something real happens: the price is over, and the server refuses it."),
  NO_RERUN(3, "What was a last chance does not come back as cheap or cheaper for 30 days."),
  UNITS_LEFT(4, "“Only 3 left” is what can be bought now: counted, not rounded, and few."),
  VIEWERS(5, "“Viewing” are browsers with the product before them now, without programs."),
  UNITS_SOLD(6, "“Sold” are units of paid orders in this edition, less what was cancelled."),
  WAS_PRICE(7, "A “was” price is the lowest of the 30 days before, and the percentage is of that."),
  BADGE(8, "A badge needs a place, a running edition, or a source with a time."),
  NO_BAIT(9, "A Daily Drop says how many units there are and how many one order may have."),
  HELD(10, "“Held for you” is a hold with its true end; at the end the units go back."),
  NO_PRESSURE(11, "No guilt, nothing ticked beforehand, and the first price is the whole price."),
  CALM(12, "Calm mode: no countdown and no motion, at the same price with the same chance."),
  WITHDRAWAL(13, "What was paid can be undone, and the money goes back the way it came."),
  NO_ADDED_CLAIMS(14, "Words that a model wrote may not add a claim of their own."),
  ON_RECORD(15, "Everything claimed is on record before it is shown, and the record only grows.");

  private final int number;
  private final String words;

  Rule(int number, String words) {
    this.number = number;
    this.words = words;
  }

  public int number() {
    return number;
  }

  /** The rule in one sentence, for shoppers. */
  public String words() {
    return words;
  }
}
