package urgency.judging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import urgency.judging.Verdicts.Receipt;

/**
 * What a judge is asked in one call: a task, data, and the form of the answer. Whatever it is about
 * goes the same way: money, retries, bytes on record, and reading them again.
 */
public interface Question {
  /** Of the call; a call that is made again has another. */
  UUID id();

  /** The round of questions that it belongs to, for its cap. */
  UUID run();

  /** What order and code word were drawn from. */
  long seed();

  /** How many refs it asks about. */
  int items();

  /** What it asks about, canaries apart, to tell that the same was asked before. */
  List<?> contents();

  /** Version of the task's words and of the answer's form. */
  String prompt();

  /** What the form is called on the wire. */
  String form();

  /** What the model is told about its task. */
  String task();

  /** The form of the answer, as JSON Schema; a copy. */
  ObjectNode schema();

  /** The data, between two lines of the code word. */
  String text();

  /** The same question as another call. */
  Question again(UUID other);

  /** Reads an answer's text; never throws, whatever it is. */
  Verdicts read(String text, Receipt receipt);

  /** Of an answer only what can be used; anything else as it is. */
  Verdicts checked(Verdicts verdicts);
}
