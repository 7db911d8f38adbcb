package urgency.platform.settings;

/** How far apart two short words are, so that a misspelt one can be recognised. */
public final class Likeness {
  private static final int LENGTH_MAX = 80;
  private static final int FAR = 100;

  private Likeness() {}

  /** Letters to change, add or drop (Levenshtein, 1966), two rows; 100 for overlong words. */
  public static int distance(String a, String b) {
    if (a.length() > LENGTH_MAX || b.length() > LENGTH_MAX) return FAR;
    var above = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) above[j] = j;
    for (var i = 1; i <= a.length(); i++) {
      var row = new int[b.length() + 1];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
