package urgency.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.meaning.Meaning;
import urgency.scoring.Scorer.Link;
import urgency.trends.Trend;
import urgency.trends.TrendObservation;

/**
 * Which trends fit a product. First by equal words: a trend's folded key against the product's
 * tags, the words of its name (one to three of them together, as hashtags join them) and its
 * category. What is found that way is certain, strength 1. Then by meaning: how near the trend's
 * words are to the product's name and tags, with the strength of a link that is right that often.
 * What operators set, forbid or explain wins over both.
 */
public final class Links {
  private static final int WORDS_MAX = 3;
  private static final int NAME_WORDS_MAX = 12;
  private static final int LINKS_MAX = 8;
  private static final int KEY_MIN = 3;
  private static final double EXACT = 1;

  /** How a link was made that an operator set. */
  public static final String MANUAL = "manual";

  /** How a link was made by words that an operator added. */
  public static final String SYNONYM = "manual synonym";

  /** From here on 95 of 100 pairs fit, on 414 hashtags and the categories of TikTok Shop. */
  private static final double NEAR_MIN = 0.70;

  /** How often a pair is right from {@link #NEAR_MIN} on, in steps of 0.05; same measurement. */
  private static final double[] RIGHT = {0.93, 0.94, 0.96, 0.96, 0.97, 0.98};

  private static final double STEP = 0.05;
  private static final int MEANINGS_MAX = 50_000;

  /** Tags that go with everything, and words of names that say nothing about a product. */
  private static final Set<String> STOP_WORDS =
      Set.of(
          "fyp",
          "fypシ",
          "fy",
          "foryou",
          "foryoupage",
          "parati",
          "pourtoi",
          "viral",
          "viralvideo",
          "viraltiktok",
          "goviral",
          "tiktok",
          "tok",
          "tiktokviral",
          "tiktokmademebuyit",
          "tiktokshop",
          "trend",
          "trending",
          "trendy",
          "xyzbca",
          "capcut",
          "duet",
          "stitch",
          "video",
          "reels",
          "shorts",
          "explore",
          "explorepage",
          "usa",
          "love",
          "new",
          "sale",
          "shop",
          "the",
          "and",
          "for",
          "with",
          "set",
          "mini",
          "max",
          "pro",
          "plus",
          "flow",
          "pop",
          "drift",
          "snap",
          "cloud",
          "stack",
          "orbit",
          "halo",
          "grid");

  private static final Comparator<Link> STRONGEST =
      Comparator.comparingDouble(TrendOutlook::pull)
          .reversed()
          .thenComparing(it -> it.trend().key());

  private final Map<String, Trend> byKey = new LinkedHashMap<>();

  private final Map<Trend, TrendPlace> places;
  private final Map<String, List<String>> synonyms = new HashMap<>();
  private final Map<ProductId, Map<String, Double>> pins = new HashMap<>();

  /** What texts mean, from one run to the next: most products stay as they are. */
  private final Map<String, Meaning> known;

  /**
   * @param trends best first; of trends with one key in several countries the first counts
   */
  public Links(List<Trend> trends) {
    this(trends, Map.of(), Overrides.Standing.NONE, new HashMap<>());
  }

  /**
   * @param places of those trends that can be ranked
   * @param overrides what operators know better
   * @param known what texts mean; grows
   */
  Links(
      List<Trend> trends,
      Map<Trend, TrendPlace> places,
      Overrides.Standing overrides,
      Map<String, Meaning> known) {
    this.places = places;
    this.known = known;
    if (known.size() > MEANINGS_MAX) known.clear();
    for (var trend : trends) {
      var key = trend.key();
      if (key.length() < KEY_MIN || STOP_WORDS.contains(key)) continue;
      byKey.putIfAbsent(key, trend);
    }
    for (var it : overrides.synonyms()) {
      synonyms.computeIfAbsent(it.key(), _ -> new ArrayList<>()).add(it.means());
    }
    for (var it : overrides.pins()) {
      pins.computeIfAbsent(it.product(), _ -> new TreeMap<>()).put(it.key(), it.strength());
    }
  }

  /** Strongest first, at most eight. */
  public List<Link> of(Product product) {
    var found = new ArrayList<Link>();
    var keys = keys(product);
    keys.forEach(
        (key, method) -> {
          var trend = byKey.get(key);
          if (trend != null) found.add(link(trend, EXACT, method));
        });
    addSynonyms(keys, found);
    addNear(product, found);
    override(product, found);
    found.sort(STRONGEST);
    return List.copyOf(found.subList(0, Math.min(LINKS_MAX, found.size())));
  }

  // A trend whose other words are the product's own is as certain as one whose own words are.
  private void addSynonyms(Map<String, String> keys, List<Link> found) {
    var exact = exact(found);
    synonyms.forEach(
        (key, meanings) -> {
          var trend = byKey.get(key);
          if (trend == null || exact.contains(key)) return;
          if (meanings.stream().anyMatch(it -> keys.containsKey(joined(words(it))))) {
            found.add(link(trend, EXACT, SYNONYM));
          }
        });
  }

  // What an operator set stands in place of whatever was found.
  private void override(Product product, List<Link> found) {
    pins.getOrDefault(product.id(), Map.of())
        .forEach(
            (key, strength) -> {
              found.removeIf(it -> it.trend().key().equals(key));
              var trend = byKey.get(key);
              if (trend != null && strength > 0) found.add(link(trend, strength, MANUAL));
            });
  }

  private void addNear(Product product, List<Link> found) {
    var exact = exact(found);
    var texts = new ArrayList<Meaning>();
    texts.add(known.computeIfAbsent(product.name(), Meaning::ofText));
    for (var tag : product.tags()) {
      texts.add(known.computeIfAbsent("#" + tag, Meaning::ofHashtag));
    }
    byKey.forEach(
        (key, trend) -> {
          if (exact.contains(key)) return;
          var nearest = 0.0;
          var meaning = known.computeIfAbsent("#" + key, Meaning::ofHashtag);
          for (var text : texts) nearest = Math.max(nearest, meaning.near(text, NEAR_MIN));
          var byOwnWords = nearest;
          for (var other : synonyms.getOrDefault(key, List.of())) {
            var also = known.computeIfAbsent(other, Meaning::ofText);
            for (var text : texts) nearest = Math.max(nearest, also.near(text, NEAR_MIN));
          }
          var method = nearest > byOwnWords ? SYNONYM : "meaning";
          if (nearest > 0) found.add(link(trend, right(nearest), method));
        });
  }

  private Link link(Trend trend, double strength, String method) {
    return new Link(trend, strength, method, Optional.ofNullable(places.get(trend)));
  }

  private static Set<String> exact(List<Link> found) {
    var exact = new HashSet<String>();
    for (var link : found) exact.add(link.trend().key());
    return exact;
  }

  private static double right(double near) {
    return RIGHT[Math.min(RIGHT.length - 1, (int) ((near - NEAR_MIN) / STEP))];
  }

  // Each key once, under the most telling way of finding it.
  private static Map<String, String> keys(Product product) {
    var keys = new LinkedHashMap<String, String>();
    for (var tag : new TreeSet<>(product.tags())) keys.putIfAbsent(joined(words(tag)), "tag");
    var name = words(product.name());
    var count = Math.min(NAME_WORDS_MAX, name.size());
    for (var from = 0; from < count; from++) {
      for (var to = from + 1; to <= Math.min(count, from + WORDS_MAX); to++) {
        keys.putIfAbsent(joined(name.subList(from, to)), "name");
      }
    }
    keys.putIfAbsent(joined(words(product.category())), "category");
    return keys;
  }

  private static List<String> words(String text) {
    var words = new ArrayList<String>();
    for (var word : text.split("[^\\p{L}\\p{M}\\p{N}]+", -1)) {
      if (!word.isEmpty()) words.add(TrendObservation.fold(word));
    }
    return words;
  }

  private static String joined(List<String> words) {
    return String.join("", words);
  }
}
