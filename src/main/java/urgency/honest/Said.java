package urgency.honest;

import urgency.claims.Claim;
import urgency.claims.Cue;
import urgency.claims.Evidence;
import urgency.claims.Rule;
import urgency.words.Text;
import urgency.words.TrendWords;

/**
 * A claim in words, with its evidence.
 *
 * @param rule number of the rule that it keeps
 */
record Said(Text claim, Text because, int rule) {
  static Said of(Claim<?> claim) {
    return new Said(words(claim.cue()), words(claim.evidence()), rule(claim.cue()).number());
  }

  private static Text words(Cue cue) {
    return switch (cue) {
      case Cue.Countdown(_, var until) -> Text.of("claim_countdown", until);
      case Cue.FlashPrice(var price, var until) -> Text.of("claim_flash", price, until);
      case Cue.WasPrice(var price, var was, var off) -> Text.of("claim_was", price, was, off);
      case Cue.UnitsLeft(var units) -> Text.of("claim_left", units);
      case Cue.UnitsSold(var units) -> Text.of("claim_sold", units);
      case Cue.Viewers(var people) -> Text.of("claim_viewers", people);
      case Cue.Likes(var devices) -> Text.of("claim_likes", devices);
      case Cue.JustBought(var units) -> Text.of("claim_bought", units);
      case Cue.Trending(var words) -> Text.of("claim_trending", TrendWords.of(words));
      case Cue.Rank(var place) -> Text.of("claim_rank", place);
      case Cue.DailyDrop(var units, var perOrder) -> Text.of("claim_drop", units, perOrder);
      case Cue.HeldForYou(var until) -> Text.of("claim_held", until);
      case Cue.Reason(var text) -> Text.of("claim_reason", text);
    };
  }

  private static Text words(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Event it -> Text.of("because_event", it.from(), it.until());
      case Evidence.Prices it ->
          Text.of(
              "because_prices",
              it.lowest().<Object>map(low -> low).orElse("–"),
              it.knownSince(),
              it.after());
      case Evidence.Units it ->
          Text.of("because_units", it.stocked(), it.sold(), it.left(), it.at());
      case Evidence.Count it -> Text.of("because_count", it.counted(), it.floor(), it.at());
      case Evidence.Purchase it -> Text.of("because_purchase", it.units(), it.at());
      case Evidence.Trend it -> Text.of("because_trend", it.source(), it.observedAt());
      case Evidence.Place it -> Text.of("because_place", it.edition(), it.place(), it.of());
      case Evidence.Hold it -> Text.of("because_hold", it.until());
      case Evidence.Author it -> Text.of("because_author", it.name());
    };
  }

  private static Rule rule(Cue cue) {
    return switch (cue) {
      case Cue.Countdown _ -> Rule.FIXED_END;
      case Cue.FlashPrice _ -> Rule.REAL_END;
      case Cue.WasPrice _ -> Rule.WAS_PRICE;
      case Cue.UnitsLeft _ -> Rule.UNITS_LEFT;
      case Cue.UnitsSold _, Cue.Likes _, Cue.JustBought _ -> Rule.UNITS_SOLD;
      case Cue.Viewers _ -> Rule.VIEWERS;
      case Cue.Trending _, Cue.Rank _ -> Rule.BADGE;
      case Cue.DailyDrop _ -> Rule.NO_BAIT;
      case Cue.HeldForYou _ -> Rule.HELD;
      case Cue.Reason _ -> Rule.NO_ADDED_CLAIMS;
    };
  }
}
