package urgency.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import urgency.admin.AdminView.Frame;
import urgency.judging.JudgeCall;
import urgency.judging.JudgeLog;
import urgency.judging.Standing;

/**
 * What the judges of meaning were asked, what it cost, and whether they count.
 *
 * @param standing whether they count, and how much
 */
record JudgesView(
    Frame frame,
    String tab,
    String standing,
    String reason,
    String today,
    String month,
    String canaries,
    List<Row> rows,
    List<Note> notes) {
  private static final double MICROS = 1e6;

  /** One question to a model. */
  record Row(
      String id,
      String age,
      String model,
      String tier,
      int items,
      String tokens,
      String took,
      String cost,
      String outcome,
      String tone,
      String note) {}

  /**
   * One call, whole.
   *
   * @param request what was sent, as it was
   * @param response what came back, as it was; empty when nothing came, or only a status
   */
  record Call(Frame frame, String tab, Row row, String prompt, String request, String response) {
    static Call of(Frame frame, JudgeCall call, JudgeLog.Raw raw, Instant now) {
      return new Call(
          frame, "judges", JudgesView.row(call, now), call.prompt(), raw.request(), raw.response());
    }
  }

  record Note(String subject, String kind, String said) {}

  static JudgesView of(
      Frame frame,
      Standing standing,
      JudgeLog.Spend today,
      JudgeLog.Spend month,
      JudgeLog.Canaries canaries,
      List<JudgeCall> calls,
      List<JudgeLog.Note> notes,
      Instant now) {
    return new JudgesView(
        frame,
        "judges",
        switch (standing.mode()) {
          case SHADOW -> "shadow: asked and measured, counts nothing";
          case LIVE -> "live, weight " + Say.decimals(2, standing.rho());
        },
        standing.reason(),
        spend(today),
        spend(month),
        "%d of %d".formatted(canaries.hits(), canaries.asked()),
        calls.stream().map(it -> row(it, now)).toList(),
        notes.stream()
            .map(
                it ->
                    new Note(
                        it.subject(),
                        it.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        it.said()))
            .toList());
  }

  private static Row row(JudgeCall it, Instant now) {
    return new Row(
        it.id().toString(),
        Say.span(Duration.between(it.startedAt(), now)),
        it.modelReturned().isEmpty() ? it.model() : it.modelReturned(),
        it.tier(),
        it.items(),
        "%d in, %d out".formatted(it.tokensIn(), it.tokensOut()),
        it.took().toMillis() + " ms",
        cost(it),
        it.outcome().name().toLowerCase(Locale.ROOT),
        it.outcome() == JudgeCall.Outcome.ANSWERED ? "good" : "care",
        it.note());
  }

  /** What a call did cost, or can cost at most. */
  static String cost(JudgeCall it) {
    return it.settledMicros().isPresent()
        ? dollars(it.settledMicros().getAsLong())
        : "at most " + dollars(it.reservedMicros());
  }

  private static String spend(JudgeLog.Spend it) {
    var open = it.openMicros() > 0 ? ", " + dollars(it.openMicros()) + " open" : "";
    return "%s in %d calls%s".formatted(dollars(it.settledMicros()), it.calls(), open);
  }

  private static String dollars(long micros) {
    return "$" + Say.decimals(6, micros / MICROS);
  }
}
