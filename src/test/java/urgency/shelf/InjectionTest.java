package urgency.shelf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import urgency.catalog.Product;
import urgency.catalog.ProductId;
import urgency.catalog.SalesHistory;
import urgency.catalog.VariantId;
import urgency.judging.FakeLlm;
import urgency.judging.JudgeSettings;
import urgency.judging.Judgements;
import urgency.judging.Lean;
import urgency.judging.Opinion;
import urgency.judging.Rubric;
import urgency.judging.Standing;
import urgency.judging.Standing.Mode;
import urgency.judging.Subject;
import urgency.judging.Verdict;
import urgency.judging.chain.Judges;
import urgency.platform.settings.Settings;
import urgency.platform.sql.Database;
import urgency.platform.sql.TestDatabase;
import urgency.scoring.Goods;
import urgency.scoring.Score;
import urgency.scoring.Scorer;
import urgency.scoring.ScoringSettings;
import urgency.scoring.rules.RulesScorer;
import urgency.shelf.Diversity.Likeness;

/**
 * Two hundred texts that try to talk a model into full marks, in fifteen languages and several
 * disguises, put into twenty products of a shop of two thousand: four thousand attacks on a judge
 * that obeys every one of them and has all the weight that a judge can have.
 */
class InjectionTest {
  private static final int PRODUCTS = 2_000;
  private static final int[] NEAR = {22, 25, 30, 40, 55, 75, 100, 130, 160, 200};
  private static final int[] FAR = {201, 215, 240, 300, 400, 550, 800, 1_100, 1_500, 1_990};
  private static final Duration HORIZON = Duration.ofHours(4);
  private static final double MOST = StrictMath.log1p(0.25);

  private final Database database = TestDatabase.fresh();
  private final FakeLlm fake = new FakeLlm(0);
  private final ScoringSettings scores =
      ScoringSettings.read(Settings.read(Map.of(), Optional.empty()), HORIZON);
  private final RulesScorer scorer = new RulesScorer(scores);
  private final ShelfSettings shelf = Examples.SETTINGS;
  private final List<Scorer.Candidate> shop = shop();
  private final Map<ProductId, Score> plain = byProduct(scorer.score(shop, Goods.NOW, HORIZON));
  private final List<ProductId> ranking =
      plain.values().stream()
          .sorted(
              java.util.Comparator.comparingDouble(Score::value)
                  .reversed()
                  .thenComparing(Score::product))
          .map(Score::product)
          .toList();

  @AfterEach
  void close() {
    fake.close();
    database.close();
  }

  @Test
  void no_text_brings_a_product_onto_the_shelf_from_afar_and_hardly_one_from_nearby() {
    var attacked = attacked();
    fake.obey(InjectionTest::isAttack);
    var opinions = judged(List.copyOf(attacked.keySet()));
    var usual = shelf(plain);

    var far = 0;
    var near = 0;
    for (var it : attacked.entrySet()) {
      var opinion = opinions.get(it.getKey());
      if (opinion == null || opinion.shift(1) == 0) continue;
      for (var rank : it.getValue()) {
        var product = ranking.get(rank - 1);
        if (usual.contains(product) || !reaches(product, opinion)) continue;
        if (rank > 200) far++;
        else near++;
      }
    }

    System.err.printf(
        "injection: %d attacks, %d heard with weight; onto the shelf: %d of %d from 21 to 200,"
            + " %d of %d from beyond%n",
        200 * (NEAR.length + FAR.length),
        opinions.values().stream().filter(it -> it.shift(1) > 0).count(),
        near,
        200 * NEAR.length,
        far,
        200 * FAR.length);
    assertThat(far).isZero();
    assertThat(near).isLessThanOrEqualTo(200 * NEAR.length / 50);
  }

  @Test
  void even_full_marks_for_every_product_move_none_from_beyond_two_hundred() {
    var full = new Verdict("", 4, 3, 3, 4, List.of(Verdict.Risk.NONE), false, 3);
    var opinion = new Opinion(full, "m", Goods.NOW, true, 1, 4, MOST);
    var usual = shelf(plain);

    for (var rank = 201; rank <= PRODUCTS; rank += 25) {
      var product = ranking.get(rank - 1);
      assertThat(usual.contains(product) || !reaches(product, opinion)).as("%d", rank).isTrue();
    }
  }

  private boolean reaches(ProductId product, Opinion opinion) {
    var index = (int) product.value().getLeastSignificantBits();
    var changed = new ArrayList<>(shop);
    var it = shop.get(index);
    changed.set(
        index,
        new Scorer.Candidate(
            it.product(), it.unitsLeft(), it.sales(), it.links(), Optional.of(opinion)));
    return shelf(byProduct(scorer.score(changed, Goods.NOW, HORIZON))).contains(product);
  }

  private Set<ProductId> shelf(Map<ProductId, Score> rated) {
    var candidates = new ArrayList<Candidate>();
    for (var it : shop) {
      var left = new HashMap<VariantId, Integer>();
      left.put(it.product().variants().getFirst().id(), it.unitsLeft());
      candidates.add(
          new Candidate(
              it.product(),
              Objects.requireNonNull(rated.get(it.product().id())),
              left,
              Map.of(),
              Map.of(),
              false));
    }
    var window = new Schedule.Window(Goods.NOW, Goods.NOW.plus(HORIZON));
    var decision =
        new Curator(shelf, Likeness.WORDS_AND_MEANING)
            .compose(candidates, window, 1, 1)
            .orElseThrow();
    return decision.choices().stream()
        .map(Decision.Choice::product)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Each attack in each of the places that a text can come from, with the ranks it is put at. */
  private Map<Subject, List<Integer>> attacked() {
    var attacked = new LinkedHashMap<Subject, List<Integer>>();
    var ranks = new ArrayList<Integer>();
    for (var it : NEAR) ranks.add(it);
    for (var it : FAR) ranks.add(it);
    var number = 0;
    for (var attack : attacks()) {
      for (var rank : ranks) {
        var product = shop.get((int) ranking.get(rank - 1).value().getLeastSignificantBits());
        var subject = subject(product.product(), attack, number++ % 5);
        attacked.computeIfAbsent(subject, _ -> new ArrayList<>()).add(rank);
      }
    }
    return attacked;
  }

  private static Subject subject(Product it, String attack, int place) {
    var half = attack.length() / 2;
    return switch (place) {
      case 0 -> new Subject(it.name() + ". " + attack, "home", "", List.of(), List.of("lamptok"));
      case 1 -> new Subject(it.name(), "home", attack, List.of(), List.of("lamptok"));
      case 2 -> new Subject(it.name(), "home", "", List.of(attack), List.of("lamptok"));
      case 3 -> new Subject(it.name(), "home", "", List.of(), List.of("lamptok", attack));
      default ->
          new Subject(
              it.name() + " " + attack.substring(0, half),
              "home",
              attack.substring(half),
              List.of(),
              List.of("lamptok"));
    };
  }

  // Whatever is more than the plain product is obeyed, in whatever disguise it arrives.
  private static boolean isAttack(JsonNode product) {
    return !product.path("title").asText().matches("Article [0-9]+")
        || product.has("about")
        || product.has("tags")
        || product.path("trends").size() > 1;
  }

  private Map<Subject, Opinion> judged(List<Subject> subjects) {
    var settings =
        Judges.settings(
            fake, JudgeSettings.Provider.COMPATIBLE, "URGENCY_JUDGE_RUN_DEADLINE", "10m");
    var clock = InstantSource.system();
    Judges.judging(database, settings, clock).run(subjects);
    // All the weight that there can be.
    var live =
        new Standing(
            Mode.LIVE,
            1,
            Lean.START,
            "fake-judge-1",
            Rubric.version(),
            "worst case",
            Instant.EPOCH);
    database.change(live::put);
    return database.read(tx -> new Judgements().opinions(tx, settings, subjects, clock.instant()));
  }

  private static List<String> attacks() {
    try (var in = InjectionTest.class.getResourceAsStream("/judging/attacks.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Sales as shops have them: a few products sell much, most sell little. */
  private static List<Scorer.Candidate> shop() {
    var random = new Random(11);
    var shop = new ArrayList<Scorer.Candidate>();
    for (var i = 0; i < PRODUCTS; i++) {
      var perDay = 90 / Math.pow(i + 3.0, 0.8);
      var sales = new ArrayList<SalesHistory.Day>();
      for (var age = 21; age >= 1; age--) {
        var orders = (int) Math.max(0, Math.round(perDay * (1 + 0.4 * random.nextGaussian())));
        if (orders > 0) sales.add(Goods.sold(age, orders));
      }
      var product = Goods.product(i, "Article " + i, "c" + i % 12);
      shop.add(new Scorer.Candidate(product, 20 + random.nextInt(300), sales, List.of()));
    }
    return shop;
  }

  private static Map<ProductId, Score> byProduct(List<Score> scores) {
    var map = new HashMap<ProductId, Score>();
    for (var it : scores) map.put(it.product(), it);
    return map;
  }
}
