package urgency.judging;

import java.net.URI;
import java.util.Map;
import urgency.judging.JudgeSettings.Model;

/**
 * How one provider is spoken to: questions to bytes and bytes to answers, without a wire. The bytes
 * are part of a score's provenance, so nobody but us decides them.
 */
public interface Dialect {
  URI address(Model model);

  /** Besides the content type; with the key, so never logged. */
  Map<String, String> headers(Model model);

  /** The whole request, properties in a fixed order. */
  byte[] write(Question question, Model model);

  /** Reads the body of a 200; never throws, whatever it is. */
  Verdicts read(byte[] body, java.util.UUID call, Question asked);
}
