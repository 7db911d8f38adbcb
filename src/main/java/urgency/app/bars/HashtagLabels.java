package urgency.app.bars;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import urgency.meaning.Meaning;

/**
 * How well a hashtag finds the categories it belongs to, among the 11,531 of TikTok Shop, by labels
 * that were written independently of each other. What is measured is in docs/benchmarks.
 */
public final class HashtagLabels {
  /** As many of the nearest categories are looked at. */
  public static final int BEST = 5;

  public static final Path FOLDER = Path.of("src/bench/data/hashtag-categories");

  private static final String CATEGORIES = "categories.csv.gz";
  private static final List<String> LABELS = List.of("tags.txt", "tags-second.txt");

  /** Where two labellings differ, what a third who saw neither decided. */
  private static final String DECIDED = "decided.tsv";

  /** Names that have a word of the label and yet do not fit; a labelling need not have any. */
  private static final String EXCEPT = "-except.txt";

  private static final char SEPARATOR = '\t';

  /** Shorter words are meant whole, so that "car" is no "carpet". */
  private static final int SHORT = 3;

  private final List<Map<String, Label>> labellings;
  private final Map<String, Boolean> decided;
  private final Map<String, List<Near>> best;

  /** What fits a hashtag. */
  private record Label(List<Pattern> words, Set<String> except) {
    boolean fits(String category) {
      return !except.contains(category)
          && words.stream().anyMatch(it -> it.matcher(category).find());
    }
  }

  /** Whether a category fits a hashtag after both labellings and, where they differ, a third. */
  public enum Verdict {
    FITS,
    DOES_NOT,
    /** They differ, and nobody has decided. */
    OPEN
  }

  /** A category and how near it is, -0.6 to 1. */
  public record Near(String category, double near) {}

  /** Of so many hashtags, how many found a category that fits first, and among five. */
  public record Hits(int tags, int first, int amongFive) {
    public double atOne() {
      return tags == 0 ? 0 : first / (double) tags;
    }

    public double atFive() {
      return tags == 0 ? 0 : amongFive / (double) tags;
    }

    @Override
    public String toString() {
      return "%d hashtags, hit@1 %.3f, hit@5 %.3f".formatted(tags, atOne(), atFive());
    }
  }

  /**
   * How far two who labelled say the same of the same things.
   *
   * @param cases what both said something of
   * @param same how often they said the same
   * @param kappa Cohen's: 0 as chance would have it, 1 always the same
   */
  public record Agreement(int cases, int same, double kappa) {}

  private HashtagLabels(
      List<Map<String, Label>> labellings,
      Map<String, Boolean> decided,
      Map<String, List<Near>> best) {
    this.labellings = labellings;
    this.decided = decided;
    this.best = best;
  }

  /** Whether a folder has what it takes. */
  public static boolean isIn(Path folder) {
    return Files.isReadable(folder.resolve(CATEGORIES))
        && Files.isReadable(folder.resolve(LABELS.getFirst()));
  }

  /** Reads every labelling that is there, and finds the nearest categories of each hashtag. */
  public static HashtagLabels read(Path folder) {
    try {
      var labellings = new ArrayList<Map<String, Label>>();
      for (var it : LABELS) {
        if (Files.isReadable(folder.resolve(it))) labellings.add(labels(folder.resolve(it)));
      }
      var categories = categories(folder.resolve(CATEGORIES));
      var best = new LinkedHashMap<String, List<Near>>();
      for (var it : labellings) {
        for (var tag : it.keySet()) best.computeIfAbsent(tag, at -> nearest(at, categories));
      }
      return new HashtagLabels(labellings, decided(folder.resolve(DECIDED)), best);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(folder + " cannot be read", unreadable);
    }
  }

  /** How many labellings there are. */
  public int labellings() {
    return labellings.size();
  }

  /** Those that a labelling has a category for, in its order. */
  public List<String> commercial(int labelling) {
    return labellings.get(labelling).entrySet().stream()
        .filter(it -> !it.getValue().words().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Every hashtag of a labelling, in its order. */
  public List<String> tags(int labelling) {
    return List.copyOf(labellings.get(labelling).keySet());
  }

  /** The nearest categories, nearest first. */
  public List<Near> best(String tag) {
    return best.getOrDefault(tag, List.of());
  }

  /** Whether a category fits a hashtag, as one labelling has it. */
  public boolean fits(int labelling, String tag, String category) {
    var label = labellings.get(labelling).get(tag);
    return label != null && label.fits(category);
  }

  /** Hits among some hashtags, as one labelling has it. */
  public Hits hits(int labelling, List<String> tags) {
    return hits(tags, tag -> it -> fits(labelling, tag, it));
  }

  /** Whether somebody decided where the labellings differ. */
  public boolean hasDecisions() {
    return !decided.isEmpty();
  }

  /** As both of two labellings have it, and where they differ as it was decided. */
  public Verdict decided(String tag, String category) {
    var one = fits(0, tag, category);
    if (labellings.size() < 2 || one == fits(1, tag, category)) {
      return one ? Verdict.FITS : Verdict.DOES_NOT;
    }
    var verdict = decided.get(tag + SEPARATOR + category);
    if (verdict == null) return Verdict.OPEN;
    return verdict ? Verdict.FITS : Verdict.DOES_NOT;
  }

  /** Hits among those that both labellings have a category for; what is open does not fit. */
  public Hits whereDecided() {
    var tags = new ArrayList<>(commercial(0));
    if (labellings.size() > 1) tags.retainAll(commercial(1));
    return hits(tags, tag -> it -> decided(tag, it) == Verdict.FITS);
  }

  /** How many of the nearest the two labellings differ on without a decision. */
  public int open() {
    var open = 0;
    for (var tag : tags(0)) {
      for (var it : best(tag)) if (decided(tag, it.category()) == Verdict.OPEN) open++;
    }
    return open;
  }

  /** Hits among those that every labelling has a category for, where all say that it fits. */
  public Hits whereAllAgree() {
    var tags = new ArrayList<>(commercial(0));
    for (var i = 1; i < labellings.size(); i++) tags.retainAll(commercial(i));
    return hits(tags, tag -> it -> all().stream().allMatch(labelling -> fits(labelling, tag, it)));
  }

  /** Hits among those that any labelling has a category for, where any says that it fits. */
  public Hits whereAnySays() {
    var tags = new TreeSet<String>();
    for (var it : all()) tags.addAll(commercial(it));
    return hits(
        List.copyOf(tags),
        tag -> it -> all().stream().anyMatch(labelling -> fits(labelling, tag, it)));
  }

  /** How far the first two labellings agree on whether a hashtag has any category. */
  public Agreement onCommerce() {
    var one = new ArrayList<Boolean>();
    var other = new ArrayList<Boolean>();
    for (var tag : inBoth()) {
      one.add(commercial(0).contains(tag));
      other.add(commercial(1).contains(tag));
    }
    return agreement(one, other);
  }

  /** How far they agree on each of the nearest categories, over all hashtags at once. */
  public Agreement onCategories() {
    var one = new ArrayList<Boolean>();
    var other = new ArrayList<Boolean>();
    for (var tag : inBoth()) {
      for (var it : best(tag)) {
        one.add(fits(0, tag, it.category()));
        other.add(fits(1, tag, it.category()));
      }
    }
    return agreement(one, other);
  }

  static Agreement agreement(List<Boolean> one, List<Boolean> other) {
    var cases = one.size();
    var same = 0;
    var oneYes = 0.0;
    var otherYes = 0.0;
    for (var i = 0; i < cases; i++) {
      if (one.get(i).equals(other.get(i))) same++;
      if (one.get(i)) oneYes++;
      if (other.get(i)) otherYes++;
    }
    if (cases == 0) return new Agreement(0, 0, 0);
    var byChance =
        (oneYes * otherYes + (cases - oneYes) * (cases - otherYes)) / ((double) cases * cases);
    var seen = same / (double) cases;
    return new Agreement(cases, same, byChance == 1 ? 1 : (seen - byChance) / (1 - byChance));
  }

  private List<String> inBoth() {
    return labellings.getFirst().keySet().stream().filter(labellings.get(1)::containsKey).toList();
  }

  private List<Integer> all() {
    return IntStream.range(0, labellings.size()).boxed().toList();
  }

  /** For each hashtag, what fits it. */
  @FunctionalInterface
  private interface Fits {
    Predicate<String> of(String tag);
  }

  private Hits hits(List<String> tags, Fits fits) {
    var first = 0;
    var amongFive = 0;
    for (var tag : tags) {
      var fitting = fits.of(tag);
      var near = best(tag).stream().map(Near::category).toList();
      if (fitting.test(near.getFirst())) first++;
      if (near.stream().anyMatch(fitting)) amongFive++;
    }
    return new Hits(tags.size(), first, amongFive);
  }

  private static List<Near> nearest(String tag, Map<String, Meaning> categories) {
    var meaning = Meaning.ofHashtag(tag);
    return categories.entrySet().stream()
        .map(it -> new Near(it.getKey(), meaning.near(it.getValue())))
        .sorted(Comparator.comparingDouble(Near::near).reversed().thenComparing(Near::category))
        .limit(BEST)
        .toList();
  }

  private static Map<String, Meaning> categories(Path file) throws IOException {
    var names = new TreeSet<String>();
    try (var in =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      in.lines()
          .skip(1)
          .forEach(it -> names.add(it.substring(it.indexOf(',') + 1).replace("\"", "")));
    }
    var categories = new LinkedHashMap<String, Meaning>();
    for (var it : names) categories.put(it, Meaning.ofText(it));
    return categories;
  }

  private static Map<String, Label> labels(Path file) throws IOException {
    var labels = new LinkedHashMap<String, Label>();
    var except = file.resolveSibling(String.valueOf(file.getFileName()).replace(".txt", EXCEPT));
    var exceptions = Files.isReadable(except) ? pairs(except) : Map.<String, String>of();
    pairs(file)
        .forEach(
            (tag, words) -> {
              var names = exceptions.getOrDefault(tag, "").split(";", -1);
              labels.put(tag, new Label(patterns(words), Set.of(names)));
            });
    return labels;
  }

  // Lines of tag|text; others begin with a number sign.
  private static Map<String, String> pairs(Path file) throws IOException {
    var pairs = new LinkedHashMap<String, String>();
    for (var line : Files.readAllLines(file, UTF_8)) {
      if (line.startsWith("#") || line.isBlank()) continue;
      var bar = line.indexOf('|');
      if (bar < 1) throw new IOException("%s: no tag|words in '%s'".formatted(file, line));
      pairs.put(line.substring(0, bar), line.substring(bar + 1));
    }
    return pairs;
  }

  // Lines of tag, category, y or n, with tabs between them.
  private static Map<String, Boolean> decided(Path file) throws IOException {
    var decided = new LinkedHashMap<String, Boolean>();
    if (!Files.isReadable(file)) return decided;
    for (var line : Files.readAllLines(file, UTF_8)) {
      if (line.startsWith("#") || line.isBlank()) continue;
      var cut = line.lastIndexOf(SEPARATOR);
      if (cut < 1 || !line.substring(cut + 1).matches("[yn]")) {
        throw new IOException("%s: no tag, category, y or n in '%s'".formatted(file, line));
      }
      decided.put(line.substring(0, cut), line.endsWith("y"));
    }
    return decided;
  }

  private static List<Pattern> patterns(String words) {
    var fits = new ArrayList<Pattern>();
    for (var word : words.split(",", -1)) {
      if (word.equals("-")) continue;
      var whole = word.length() <= SHORT ? "(s|es)?\\b" : "";
      fits.add(Pattern.compile("\\b" + Pattern.quote(word) + whole, Pattern.CASE_INSENSITIVE));
    }
    return fits;
  }
}
