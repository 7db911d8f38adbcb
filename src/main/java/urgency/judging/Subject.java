package urgency.judging;

import java.util.List;

/**
 * What is judged: a product in words, with the trends that it may have to do with. No id, price,
 * stock or figure, and nothing about a person, ever leaves the shop this way.
 *
 * <p>All texts are cleaned when a subject is made, so that two that say the same are equal.
 */
public record Subject(
    String title, String category, String description, List<String> tags, List<String> trends) {
  private static final int TITLE_MAX = 120;
  private static final int WORD_MAX = 40;
  private static final int DESCRIPTION_MAX = 200;
  private static final int TAGS_MAX = 8;
  private static final int TRENDS_MAX = 8;

  public Subject {
    title = PlainText.of(title, TITLE_MAX);
    category = PlainText.of(category, WORD_MAX);
    description = PlainText.of(description, DESCRIPTION_MAX);
    tags = words(tags, TAGS_MAX);
    trends = words(trends, TRENDS_MAX);
  }

  /** Every text of it, for looking for what does not belong there. */
  public List<String> texts() {
    var texts = new java.util.ArrayList<String>();
    texts.add(title);
    texts.add(category);
    texts.add(description);
    texts.addAll(tags);
    texts.addAll(trends);
    return texts;
  }

  private static List<String> words(List<String> given, int max) {
    return given.stream()
        .map(it -> PlainText.of(it, WORD_MAX))
        .filter(it -> !it.isEmpty())
        .distinct()
        .sorted()
        .limit(max)
        .toList();
  }
}
