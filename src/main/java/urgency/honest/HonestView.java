package urgency.honest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import urgency.claims.DaySeals.Seal;
import urgency.claims.Rule;
import urgency.claims.Statement;
import urgency.storefront.Frame;
import urgency.storefront.ShelfView;
import urgency.words.Text;

/**
 * What the shop holds itself to, and what it claims now.
 *
 * @param rules in the order of their numbers
 * @param groups what is claimed now, by product; the edition itself comes first
 * @param today address of the day that is not over yet
 * @param days closed days, newest first
 */
record HonestView(
    Frame frame, List<Text> rules, List<Group> groups, int claims, String today, List<Day> days) {

  /** What is claimed of one product. */
  record Group(String name, String slug, List<Said> said) {}

  /** A closed day. */
  record Day(String day, long entries, String root, String head) {}

  static HonestView of(
      Optional<ShelfView.Shown> shown, List<Statement> standing, String today, List<Seal> seals) {
    return new HonestView(
        Frame.of(
                Text.of("title_honest"),
                Text.of("describes_honest"),
                "none",
                0,
                shown.flatMap(it -> it.cues().countdown()))
            .at("/honest"),
        Arrays.stream(Rule.values()).map(HonestView::words).toList(),
        groups(shown, standing),
        standing.size(),
        today,
        seals.stream()
            .map(it -> new Day(it.day().toString(), it.entries(), it.rootHex(), it.headHex()))
            .toList());
  }

  private static List<Group> groups(Optional<ShelfView.Shown> shown, List<Statement> standing) {
    var groups = new LinkedHashMap<String, Group>();
    for (var it : standing) {
      var product = it.product().flatMap(id -> shown.map(s -> s.products().get(id)));
      var slug = product.map(p -> p.slug()).orElse("");
      groups
          .computeIfAbsent(
              slug, _ -> new Group(product.map(p -> p.name()).orElse(""), slug, new ArrayList<>()))
          .said()
          .add(Said.of(it.claim()));
    }
    return List.copyOf(groups.values());
  }

  private static Text words(Rule rule) {
    return switch (rule) {
      case FIXED_END -> Text.of("rule_fixed_end");
      case REAL_END -> Text.of("rule_real_end");
      case NO_RERUN -> Text.of("rule_no_rerun");
      case UNITS_LEFT -> Text.of("rule_units_left");
      case VIEWERS -> Text.of("rule_viewers");
      case UNITS_SOLD -> Text.of("rule_units_sold");
      case WAS_PRICE -> Text.of("rule_was_price");
      case BADGE -> Text.of("rule_badge");
      case NO_BAIT -> Text.of("rule_no_bait");
      case HELD -> Text.of("rule_held");
      case NO_PRESSURE -> Text.of("rule_no_pressure");
      case CALM -> Text.of("rule_calm");
      case WITHDRAWAL -> Text.of("rule_withdrawal");
      case NO_ADDED_CLAIMS -> Text.of("rule_no_added_claims");
      case ON_RECORD -> Text.of("rule_on_record");
    };
  }
}
