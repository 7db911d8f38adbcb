package urgency.words;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a trend does, in the language of the page. The scorer writes it once, in English, and that
 * is what goes on record; other words, such as those of older editions, stay as they are.
 */
public final class TrendWords {
  private static final Map<String, String> MOVES =
      Map.of(
          "is new", "trend_new",
          "is rising", "trend_rising",
          "is near its peak", "trend_near_peak",
          "has just peaked", "trend_peaked",
          "is picking up", "trend_picking_up",
          "is easing", "trend_easing",
          "is steady", "trend_steady",
          "is low", "trend_low",
          "is fading", "trend_fading",
          "is quiet", "trend_quiet");
  private static final String ANY = String.join("|", MOVES.keySet());
  private static final Pattern SAID =
      Pattern.compile("(.+) (" + ANY + ")(?:, (up|down) (\\d+)% in a day)?");

  private TrendWords() {}

  public static Text of(String evidence) {
    var said = SAID.matcher(evidence);
    if (!said.matches()) return Text.verbatim(evidence);
    var label = said.group(1);
    var move = Text.of(Objects.requireNonNull(MOVES.get(said.group(2))));
    if (said.group(3) == null) return Text.of("trend_level", label, move);
    var way = said.group(3).equals("up") ? "trend_up" : "trend_down";
    return Text.of(way, label, move, said.group(4));
  }
}
