package urgency.search;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import urgency.catalog.ProductId;
import urgency.catalog.VariantId;

/**
 * Products by words. A word finds those that begin with it; a word that nobody has is read as the
 * nearest one that somebody has. Whatever is typed becomes letters and digits first, so no operator
 * of a query language reaches the database.
 */
@Singleton
public final class Search {
  /** Words of a query that count; the rest is not read. */
  public static final int WORDS_MAX = 8;

  /** The best so many are found; there is no page beyond them. */
  public static final int FOUND_MAX = 1_000;

  private static final int CANDIDATES_MAX = 24;
  private static final double CANDIDATE_MIN = 0.2;

  /** A product that fits, and what one can choose by. */
  public record Hit(ProductId product, String category, long priceMinor, List<VariantId> variants) {
    public Hit {
      variants = List.copyOf(variants);
    }
  }

  /** How well the hits fit. */
  public enum Fit {
    /** All words are there. */
    ALL,
    /** No product has all the words; these have some. */
    SOME,
    /** There is no such word; these have the one that was probably meant. */
    MEANT,
    /** Nothing. */
    NONE
  }

  /**
   * What was found, best first.
   *
   * @param meant the words as they were probably meant; empty unless the fit is {@code MEANT}
   */
  public record Found(Fit fit, String meant, List<Hit> hits) {
    public Found {
      hits = List.copyOf(hits);
    }
  }

  private static final String KNOWN =
      """
      select asked.word
        from unnest(:words) as asked (word)
       where exists (select from search.word
                      where word.word like asked.word || '%')
      """;

  private static final String CANDIDATES =
      """
      select asked.word as written, found.word, found.uses
        from unnest(:words) as asked (word)
       cross join lateral (
             select word.word, word.uses
               from search.word
              where word.word % asked.word
              order by similarity(word.word, asked.word) desc, word.uses desc
              limit :max) found
       union all
      select null, word, uses
        from search.word
       where word = any(:exchanged)
      """;

  private static final String BY_WORDS =
      """
      select product_id, category, price_minor, variants
        from search.entry
       where words @@ cast(:query as tsquery)
       order by ts_rank(words, cast(:query as tsquery)) desc, slug
       limit :max
      """;

  private static final String ALL =
      """
      select product_id, category, price_minor, variants
        from search.entry
       where :category = '' or category = :category
       order by slug
       limit :max
      """;

  /** What fits these words; without any word, everything, by slug. */
  public Found find(Handle tx, String text) {
    var words = Letters.words(text, WORDS_MAX).stream().distinct().toList();
    if (words.isEmpty()) {
      return text.isBlank()
          ? new Found(Fit.ALL, "", everything(tx, ""))
          : new Found(Fit.NONE, "", List.of());
    }
    var known = known(tx, words);
    if (known.size() == words.size()) return literally(tx, words);
    var meant = meant(tx, words, known);
    if (meant.equals(words)) {
      var some = byWords(tx, words, " | ");
      return new Found(some.isEmpty() ? Fit.NONE : Fit.SOME, "", some);
    }
    var found = literally(tx, meant);
    return new Found(
        found.hits().isEmpty() ? Fit.NONE : Fit.MEANT, String.join(" ", meant), found.hits());
  }

  /** Everything in a category, by slug. */
  public List<Hit> inCategory(Handle tx, String category) {
    return everything(tx, category);
  }

  /** The categories of all products that are for sale, with how many are in each, largest first. */
  public Map<String, Integer> categories(Handle tx) {
    var all = new LinkedHashMap<String, Integer>();
    tx.createQuery(
            """
            select category, count(*)::integer as products
              from search.entry
             group by category
             order by products desc, category
            """)
        .map((row, _) -> Map.entry(row.getString("category"), row.getInt("products")))
        .forEach(it -> all.put(it.getKey(), it.getValue()));
    return all;
  }

  /** What resembles each of these, nearest first; what resembles nothing is left out. */
  public Map<ProductId, List<ProductId>> similar(Handle tx, Collection<ProductId> products) {
    var all = new HashMap<ProductId, List<ProductId>>();
    tx.createQuery(
            """
            select product_id, other_id
              from search.neighbour
             where product_id = any(:ids)
             order by product_id, place
            """)
        .bindArray("ids", UUID.class, products.stream().map(ProductId::value).toList())
        .map((row, _) -> Map.entry(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
        .forEach(
            it ->
                all.computeIfAbsent(new ProductId(it.getKey()), _ -> new ArrayList<>())
                    .add(new ProductId(it.getValue())));
    return all;
  }

  /** Which catalogue can be searched; grows whenever something is written here. */
  public long revision(Handle tx) {
    return tx.createQuery("select revision from search.state").mapTo(Long.class).one();
  }

  private static Found literally(Handle tx, List<String> words) {
    var all = byWords(tx, words, " & ");
    if (!all.isEmpty() || words.size() == 1) {
      return new Found(all.isEmpty() ? Fit.NONE : Fit.ALL, "", all);
    }
    var some = byWords(tx, words, " | ");
    return new Found(some.isEmpty() ? Fit.NONE : Fit.SOME, "", some);
  }

  private static List<String> known(Handle tx, List<String> words) {
    return tx.createQuery(KNOWN).bindArray("words", String.class, words).mapTo(String.class).list();
  }

  private static List<String> meant(Handle tx, List<String> words, List<String> known) {
    var unknown = words.stream().filter(it -> !known.contains(it)).toList();
    var exchanged = unknown.stream().flatMap(it -> Spelling.exchanged(it).stream()).toList();
    tx.createQuery("select set_config('pg_trgm.similarity_threshold', :min, true)")
        .bind("min", Double.toString(CANDIDATE_MIN))
        .mapTo(String.class)
        .one();
    var candidates =
        tx.createQuery(CANDIDATES)
            .bindArray("words", String.class, unknown)
            .bindArray("exchanged", String.class, exchanged)
            .bind("max", CANDIDATES_MAX)
            .map((row, _) -> new Spelling.Known(row.getString("word"), row.getInt("uses")))
            .collect(Collectors.toSet());
    return words.stream()
        .map(it -> known.contains(it) ? it : Spelling.meant(it, candidates).orElse(it))
        .distinct()
        .toList();
  }

  // Words are letters and digits only, so between quotes they are nothing but words.
  private static List<Hit> byWords(Handle tx, List<String> words, String between) {
    var query =
        words.stream()
            .map(it -> "('" + it + "' | '" + it + "':*)")
            .collect(Collectors.joining(between));
    return hits(tx.createQuery(BY_WORDS).bind("query", query).bind("max", FOUND_MAX));
  }

  private static List<Hit> everything(Handle tx, String category) {
    return hits(tx.createQuery(ALL).bind("category", category).bind("max", FOUND_MAX));
  }

  private static List<Hit> hits(org.jdbi.v3.core.statement.Query query) {
    return query
        .map(
            (row, _) -> {
              var variants = new ArrayList<VariantId>();
              for (var it : (UUID[]) row.getArray("variants").getArray()) {
                variants.add(new VariantId(it));
              }
              return new Hit(
                  new ProductId(row.getObject("product_id", UUID.class)),
                  row.getString("category"),
                  row.getLong("price_minor"),
                  variants);
            })
        .list();
  }
}
