package urgency.search;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import urgency.catalog.Catalog;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.platform.sql.Database;

/**
 * Keeps what can be searched in step with the catalogue: once its revision has changed, everything
 * is written anew in one transaction, while those who search still see what was there before.
 */
@Singleton
public final class SearchIndex {
  private static final int BATCH = 500;
  private static final int FIELD_WORDS_MAX = 200;
  private static final int POSITION_MAX = 16_000;

  private final Database database;
  private final Catalog catalog;

  public SearchIndex(Database database, Catalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  /** Writes the index anew if the catalogue is another than the one it is about. */
  public void refresh() {
    var revision = database.read(catalog::revision);
    var indexed =
        database.read(
            tx -> tx.createQuery("select revision from search.state").mapTo(Long.class).one());
    if (revision.equals(indexed)) return;
    var products = database.read(catalog::all);
    var neighbours = Neighbours.of(products);
    database.write(tx -> write(tx, revision, products, neighbours));
  }

  private static Handle write(
      Handle tx,
      long revision,
      List<Product> products,
      Map<ProductId, List<ProductId>> neighbours) {
    tx.execute("delete from search.entry");
    tx.execute("delete from search.word");
    tx.execute("delete from search.neighbour");
    var uses = new TreeMap<String, Integer>();
    writeEntries(tx, products, uses);
    writeWords(tx, uses);
    writeNeighbours(tx, neighbours);
    tx.createUpdate("update search.state set revision = :revision")
        .bind("revision", revision)
        .execute();
    return tx;
  }

  private static void writeEntries(Handle tx, List<Product> products, Map<String, Integer> uses) {
    var batch =
        tx.prepareBatch(
            """
            insert into search.entry (product_id, slug, category, price_minor, variants, words)
            values (:product, :slug, :category, :price, :variants, cast(:words as tsvector))
            """);
    for (var it : products) {
      var words = words(it);
      words.keySet().forEach(word -> uses.merge(word, 1, Integer::sum));
      batch
          .bind("product", it.id().value())
          .bind("slug", it.slug())
          .bind("category", it.category())
          .bind("price", it.lowestPrice().minor())
          .bindArray(
              "variants",
              UUID.class,
              it.variants().stream().map(variant -> variant.id().value()).toList())
          .bind("words", vector(words));
      sent(batch);
    }
    batch.execute();
  }

  private static void writeWords(Handle tx, Map<String, Integer> uses) {
    var batch = tx.prepareBatch("insert into search.word (word, uses) values (:word, :uses)");
    uses.forEach(
        (word, count) -> {
          batch.bind("word", word).bind("uses", count);
          sent(batch);
        });
    batch.execute();
  }

  private static void writeNeighbours(Handle tx, Map<ProductId, List<ProductId>> neighbours) {
    var batch =
        tx.prepareBatch(
            """
            insert into search.neighbour (product_id, place, other_id)
            values (:product, :place, :other)
            """);
    neighbours.forEach(
        (product, others) -> {
          for (var i = 0; i < others.size(); i++) {
            batch
                .bind("product", product.value())
                .bind("place", i + 1)
                .bind("other", others.get(i).value());
            sent(batch);
          }
        });
    batch.execute();
  }

  private static void sent(PreparedBatch batch) {
    batch.add();
    if (batch.size() >= BATCH) batch.execute();
  }

  /** Each word with its places; the name weighs most, the description least. */
  private static Map<String, List<String>> words(Product product) {
    var words = new LinkedHashMap<String, List<String>>();
    var at = 1;
    at = add(words, product.name(), 'A', at);
    at = add(words, String.join(" ", product.tags()) + " " + product.category(), 'B', at);
    for (var it : product.variants()) at = add(words, it.name(), 'C', at);
    add(words, product.description(), 'D', at);
    return words;
  }

  private static int add(Map<String, List<String>> words, String text, char weight, int at) {
    var place = at;
    for (var word : Letters.words(text, FIELD_WORDS_MAX)) {
      if (place < POSITION_MAX) {
        words.computeIfAbsent(word, _ -> new ArrayList<>()).add(place + "" + weight);
      }
      place++;
    }
    return place;
  }

  // Words are letters and digits only, so between quotes they are nothing but words.
  private static String vector(Map<String, List<String>> words) {
    var out = new StringBuilder();
    words.forEach(
        (word, places) ->
            out.append('\'')
                .append(word)
                .append("':")
                .append(String.join(",", places))
                .append(' '));
    return out.toString();
  }
}
