package urgency.mail;

/** Draws both parts of a letter. */
@FunctionalInterface
interface Printer {
  /** The parts: the same words, once plain and once as a page. */
  record Printed(String text, String html) {}

  Printed print(LetterView view);
}
