package urgency.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import urgency.judging.JudgeCall;
import urgency.judging.Opinion;
import urgency.judging.Verdict;
import urgency.scoring.Risks;

/**
 * What a judge of meaning said of one product, and how much that counts.
 *
 * @param model the one that answered; empty when none was asked, and then all else is
 * @param weight what it adds, or that it adds nothing and why
 * @param suspicious whether the text speaks to the judge
 * @param call its id; empty when the call is not kept any more
 * @param cost tokens and money of the whole call, with how many products it had
 */
record JudgeCard(
    String model,
    String age,
    String weight,
    boolean suspicious,
    String evidence,
    List<Field> fields,
    String prompt,
    String call,
    String cost,
    Waiting waiting) {
  /** One ordinal answer, with the most it could have been. */
  record Field(String name, int value, int most) {
    /** In percent of the most. */
    public int share() {
      return 100 * value / most;
    }
  }

  /**
   * Risks that a judge sees.
   *
   * @param open that nobody has approved, in words; empty when there are none
   * @param approved with who did, in words; empty when none are
   * @param gate whether open ones keep a product off the shelf
   */
  record Waiting(String open, String approved, String model, boolean gate) {
    static final Waiting NOTHING = new Waiting("", "", "", false);

    static Waiting of(Optional<Risks.Seen> seen, boolean gate) {
      return seen.map(it -> new Waiting(words(it.open()), words(it.approved()), it.model(), gate))
          .orElse(NOTHING);
    }

    // A risk, and perhaps after a comma who approved it.
    private static String words(List<String> risks) {
      return risks.stream()
          .map(it -> it.split(", ", 2))
          .map(
              it -> {
                var risk = it[0].toLowerCase(Locale.ROOT).replace('_', ' ');
                return it.length == 1 ? risk : risk + ", " + it[1];
              })
          .collect(Collectors.joining("; "));
    }
  }

  static JudgeCard of(
      Optional<Opinion> opinion,
      Optional<JudgeCall> call,
      Waiting waiting,
      double expectedOrders,
      Instant now) {
    if (opinion.isEmpty()) {
      return new JudgeCard("", "", "", false, "", List.of(), "", "", "", waiting);
    }
    var it = opinion.get();
    return new JudgeCard(
        it.model(),
        Say.span(Duration.between(it.at(), now)),
        weight(it, expectedOrders),
        it.verdict().suspicious(),
        it.verdict().evidence(),
        fields(it.verdict()),
        call.map(JudgeCall::prompt).orElse(""),
        call.map(sent -> sent.id().toString()).orElse(""),
        call.map(JudgeCard::cost).orElse(""),
        waiting);
  }

  private static String weight(Opinion it, double expectedOrders) {
    if (it.verdict().suspicious()) return "none, because the text speaks to the judge";
    if (!it.counts()) return "none, because the judge is in shadow";
    var nats = it.shift(expectedOrders);
    return "× %s of the expected orders, at rho %s"
        .formatted(Say.decimals(2, StrictMath.exp(nats)), Say.decimals(2, it.rho()));
  }

  private static List<Field> fields(Verdict it) {
    return List.of(
        new Field("Fit", it.fit(), Verdict.FIT_MAX),
        new Field("Audience", it.audience(), Verdict.AUDIENCE_MAX),
        new Field("Demonstrable", it.demonstrable(), Verdict.DEMONSTRABLE_MAX),
        new Field("Timing", it.timing(), Verdict.TIMING_MAX),
        new Field("Confidence", it.confidence(), Verdict.CONFIDENCE_MAX));
  }

  private static String cost(JudgeCall it) {
    return "%d tokens in, %d out, %s, for %d items"
        .formatted(it.tokensIn(), it.tokensOut(), JudgesView.cost(it), it.items());
  }
}
