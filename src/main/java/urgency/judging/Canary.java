package urgency.judging;

import java.util.List;

/**
 * A made-up product with a known answer, which rides along with every call: it tells when a model
 * has changed, has been talked into something, or does not read at all.
 *
 * @param fits whether the trend given with it means this very product
 */
record Canary(String name, Subject subject, boolean fits) {
  private static final int FITS_MIN = 3;
  private static final int FITS_NOT_MAX = 1;

  private static final List<Canary> FITTING =
      List.of(
          fits("lamp", "Sunset Projection Lamp", "home", "sunsetlamp"),
          fits("tumbler", "Insulated Tumbler with Straw 1.2 l", "kitchen", "tumblertok"),
          fits("nails", "Press-On Nails, Almond, Set of 24", "beauty", "pressonnails"),
          fits("airfryer", "Silicone Air Fryer Liners", "kitchen", "airfryerhacks"));

  private static final List<Canary> STRANGE =
      List.of(
          strange("bolts", "Zinc Hex Bolts M8 x 40, Box of 50", "hardware", "lipcombo"),
          strange("cartridge", "Printer Cartridge, Black", "office", "gymtok"),
          strange("gasket", "Boiler Door Gasket", "plumbing", "cottagecoreoutfit"),
          strange("toner", "Fence Paint, Pine Green, 5 l", "garden", "studyplaylist"));

  /** One that fits and one that does not, as the seed has it. */
  static List<Canary> pair(long seed) {
    return List.of(
        FITTING.get((int) Long.remainderUnsigned(seed, FITTING.size())),
        STRANGE.get((int) Long.remainderUnsigned(seed >>> 8, STRANGE.size())));
  }

  /** Whether a verdict is the known one. */
  boolean agrees(Verdict it) {
    if (it.suspicious()) return false;
    return fits ? it.fit() >= FITS_MIN : it.fit() <= FITS_NOT_MAX;
  }

  private static Canary fits(String name, String title, String category, String trend) {
    return new Canary(name, words(title, category, trend), true);
  }

  private static Canary strange(String name, String title, String category, String trend) {
    return new Canary(name, words(title, category, trend), false);
  }

  private static Subject words(String title, String category, String trend) {
    return new Subject(title, category, "", List.of(), List.of(trend));
  }
}
