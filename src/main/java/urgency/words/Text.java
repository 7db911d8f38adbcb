package urgency.words;

import java.util.List;

/**
 * Something to be said, before it is known in which language.
 *
 * @param key of its sentence in the message files; empty says nothing
 * @param values for its places: words, numbers, money, instants, or another text
 */
public record Text(String key, List<Object> values) {
  /** Says nothing. */
  public static final Text NOTHING = new Text("", List.of());

  public Text {
    values = List.copyOf(values);
  }

  public static Text of(String key, Object... values) {
    return new Text(key, List.of(values));
  }

  /** A merchant's own words, which are the same in every language. */
  public static Text verbatim(String words) {
    return of("verbatim", words);
  }

  /** Whether there is anything to say. */
  public boolean said() {
    return !key.isEmpty();
  }
}
