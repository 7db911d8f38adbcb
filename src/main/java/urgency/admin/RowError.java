package urgency.admin;

/**
 * One thing that keeps a catalogue file out of the shop.
 *
 * @param line of the file, from 1; 0 when it is about the file as a whole
 * @param column as the header names it; empty when it is about the whole line
 * @param wrong what is the matter, as a clause
 * @param remedy what to do about it, as a clause
 */
public record RowError(int line, String column, String wrong, String remedy) {
  private static final int SHOWN_MAX = 40;

  /** One line for a terminal. */
  @Override
  public String toString() {
    var place = new StringBuilder();
    if (line > 0) place.append("line ").append(line).append(", ");
    if (!column.isEmpty()) place.append(column).append(": ");
    return "%s%s; %s".formatted(place, wrong, remedy);
  }

  /** A value as it may be repeated to an operator: short, on one line, without surprises. */
  static String shown(String value) {
    var text = new StringBuilder("'");
    value
        .codePoints()
        .limit(SHOWN_MAX)
        .map(it -> Cells.isPlain(it) ? it : '�')
        .forEach(text::appendCodePoint);
    if (value.codePointCount(0, value.length()) > SHOWN_MAX) text.append('…');
    return text.append('\'').toString();
  }
}
