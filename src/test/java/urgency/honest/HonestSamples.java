package urgency.honest;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import urgency.claims.DaySeals.Seal;
import urgency.storefront.PageSamples;
import urgency.storefront.Samples;

/** The pages about honesty, with and without something to say. */
public final class HonestSamples {
  private HonestSamples() {}

  /** Every page by name. */
  public static Map<String, PageSamples.Page> all() {
    var all = new LinkedHashMap<String, PageSamples.Page>();
    var shown = Optional.of(Samples.shown());
    var standing = Samples.shown().statements();
    var today = "/honest/claims/2026-11-24.jsonl";
    var hash = new byte[32];
    var seal = new Seal(LocalDate.parse("2026-11-23"), 1_207, hash, hash, hash, Samples.OPENS);
    all.put(
        "honest",
        new PageSamples.Page(
            "honest/honest", HonestView.of(shown, standing, today, List.of(seal))));
    all.put(
        "honest-first-day",
        new PageSamples.Page(
            "honest/honest", HonestView.of(Optional.empty(), List.of(), today, List.of())));
    var product = Samples.product(1, Samples.name(1));
    all.put("why", new PageSamples.Page("honest/why", WhyView.of(shown, product, standing, today)));
    all.put(
        "why-nothing",
        new PageSamples.Page(
            "honest/why", WhyView.of(Optional.empty(), product, List.of(), today)));
    return all;
  }
}
