package urgency.judging.chain;

import java.time.Instant;
import urgency.judging.Judge;
import urgency.judging.Question;
import urgency.judging.Verdicts;

/** Lets out only what can be used, wherever it comes from: models, or the memory of them. */
final class Checked implements Judge {
  private final Judge next;

  Checked(Judge next) {
    this.next = next;
  }

  @Override
  public Verdicts judge(Question question, Instant deadline) {
    return question.checked(next.judge(question, deadline));
  }
}
