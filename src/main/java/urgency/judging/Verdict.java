package urgency.judging;

import java.util.List;

/**
 * What a judge says of one product, in ordinal fields and never in points.
 *
 * @param evidence a few words that name the trends meant; never shown to shoppers
 * @param fit 0 none, 1 same department, 2 same use, 3 this kind of product, 4 this very product
 * @param audience 0 to 3: how much of the trend's audience would want it
 * @param demonstrable 0 cannot be shown in ten seconds, to 3 a change that anyone sees
 * @param timing 0 past, 1 passing, 2 any time, 3 its season, 4 a dated occasion that ends soon
 * @param risks what should keep an operator from showing it; NONE alone when there is nothing
 * @param suspicious whether its text speaks to the judge
 * @param confidence 0 to 3
 */
public record Verdict(
    String evidence,
    int fit,
    int audience,
    int demonstrable,
    int timing,
    List<Risk> risks,
    boolean suspicious,
    int confidence) {
  public static final int FIT_MAX = 4;
  public static final int AUDIENCE_MAX = 3;
  public static final int DEMONSTRABLE_MAX = 3;
  public static final int TIMING_MAX = 4;
  public static final int CONFIDENCE_MAX = 3;

  private static final int EVIDENCE_MAX = 400;

  public Verdict {
    risks = List.copyOf(risks);
    within("fit", fit, FIT_MAX);
    within("audience", audience, AUDIENCE_MAX);
    within("demonstrable", demonstrable, DEMONSTRABLE_MAX);
    within("timing", timing, TIMING_MAX);
    within("confidence", confidence, CONFIDENCE_MAX);
    if (evidence.length() > EVIDENCE_MAX) throw new IllegalArgumentException("evidence too long");
  }

  /** What may be wrong with showing a product. */
  public enum Risk {
    NONE,
    TRADEMARK,
    MEDICAL_CLAIM,
    AGE_RESTRICTED,
    UNSAFE,
    SENSITIVE_EVENT,
    UNKNOWN
  }

  private static void within(String field, int value, int max) {
    if (value < 0 || value > max) throw new IllegalArgumentException(field + " " + value);
  }
}
