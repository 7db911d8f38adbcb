package urgency.judging.chain;

import java.time.Instant;
import urgency.judging.Batch;
import urgency.judging.Judge;
import urgency.judging.Rubric;
import urgency.judging.Verdicts;

/** Lets out only what can be used, wherever it comes from: models, or the memory of them. */
final class Checked implements Judge {
  private final Judge next;

  Checked(Judge next) {
    this.next = next;
  }

  @Override
  public Verdicts judge(Batch batch, Instant deadline) {
    var verdicts = next.judge(batch, deadline);
    return verdicts instanceof Verdicts.Given given ? Rubric.checked(batch, given) : verdicts;
  }
}
