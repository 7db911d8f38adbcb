package urgency.claims;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds words that claim, press or shame. Narrow on purpose: it reads sentences that a model or a
 * template wrote, and a hit drops the sentence, so a false alarm costs a nicety and a miss a
 * promise.
 */
public final class PressingWords {
  private static final Pattern CLAIMS =
      Pattern.compile(
          "\\d+"
              + "|\\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?"
              + "|millions?)\\b"
              // Time.
              + "|\\b(?:today|tonight|tomorrow|hours?|minutes?|seconds?|deadline|ends?|ending"
              + "|expires?|last chance|before it.s gone|limited|while (?:stocks?|supplies) lasts?"
              + ")\\b"
              // Scarcity and others.
              + "|\\b(?:only|few|rare|scarce|selling (?:fast|out)|almost gone|left in stock"
              + "|best.?sellers?|everyone|people are|viral|in demand|must.have)\\b"
              // Price.
              + "|[$€£¥₹%]|\\b(?:percent|free|cheap(?:er|est)?|discount(?:ed)?|bargain|save[sd]?"
              + "|saving|sale|lowest|price)\\b"
              // Health.
              + "|\\b(?:cures?|heals?|treats?|prevents?|clinical(?:ly)?|medical(?:ly)?|proven"
              + "|dermatologists?|doctors?|anti.ag(?:e)?ing|weight loss|detox)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private static final Pattern PRESSES =
      Pattern.compile(
          "\\b(?:hurry|act (?:fast|now)|don.t miss|last chance|you.ll regret|before it.s too late"
              + "|no,? (?:thanks,? )?i (?:don.t|hate|prefer)|i don.t want to save|everyone else"
              + "|someone in \\p{L}+|going fast|selling fast|high demand|ask your parents)\\b",
          Pattern.CASE_INSENSITIVE);

  private PressingWords() {}

  /** The first words that claim something a sentence may not claim by itself (rule 14). */
  public static Optional<String> claim(String text) {
    return first(CLAIMS, text).or(() -> first(PRESSES, text));
  }

  /** The first words that press or shame (rules 5, 11 and 12). */
  public static Optional<String> pressure(String text) {
    return first(PRESSES, text);
  }

  private static Optional<String> first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    return found.find() ? Optional.of(found.group()) : Optional.empty();
  }
}
