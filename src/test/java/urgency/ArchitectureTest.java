package urgency;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of the code, checked. {@link #MAP} is the only place that says who may know whom. */
class ArchitectureTest {
  record Feature(String name, Set<String> uses) {}

  /** From the ground up: a feature may name only features above it in this list. */
  private static final List<Feature> MAP =
      List.of(
          feature("platform"),
          feature("money"),
          feature("words", "money", "platform"),
          feature("operators", "platform"),
          feature("meaning"),
          feature("statistics"),
          feature("judging", "platform"),
          feature("glossary", "judging", "platform"),
          feature("catalog", "money", "platform"),
          feature("search", "catalog", "meaning", "money", "platform"),
          feature("claims", "catalog", "money", "platform"),
          feature("trends", "catalog", "platform"),
          feature("inventory", "catalog", "platform"),
          feature("demand", "inventory", "catalog", "money"),
          feature(
              "scoring",
              "demand",
              "inventory",
              "trends",
              "catalog",
              "glossary",
              "judging",
              "statistics",
              "meaning",
              "money",
              "platform"),
          feature("shelf", "scoring", "inventory", "catalog", "money", "meaning", "platform"),
          feature("orders", "shelf", "inventory", "catalog", "money", "platform"),
          feature(
              "outcomes",
              "orders",
              "shelf",
              "scoring",
              "demand",
              "trends",
              "catalog",
              "statistics",
              "platform"),
          feature("refunds", "orders", "inventory", "money", "platform"),
          feature("payments", "orders", "shelf", "catalog", "money", "platform"),
          feature("mail", "orders", "words", "money", "platform"),
          feature("withdrawals", "mail", "refunds", "orders", "money", "platform"),
          feature("live", "claims", "orders", "shelf", "inventory", "catalog", "platform"),
          feature(
              "storefront",
              "live",
              "claims",
              "orders",
              "shelf",
              "scoring",
              "inventory",
              "search",
              "trends",
              "catalog",
              "words",
              "money",
              "platform"),
          feature(
              "purchase",
              "storefront",
              "withdrawals",
              "mail",
              "orders",
              "shelf",
              "claims",
              "catalog",
              "words",
              "money",
              "platform"),
          feature("honest", "storefront", "claims", "catalog", "words", "platform"),
          feature(
              "admin",
              "operators",
              "payments",
              "refunds",
              "orders",
              "shelf",
              "inventory",
              "scoring",
              "trends",
              "catalog",
              "judging",
              "money",
              "platform"),
          feature(
              "cashdesk",
              "admin",
              "operators",
              "withdrawals",
              "mail",
              "payments",
              "refunds",
              "orders",
              "money",
              "platform"),
          feature(
              "engine",
              "admin",
              "storefront",
              "words",
              "operators",
              "glossary",
              "judging",
              "outcomes",
              "shelf",
              "scoring",
              "demand",
              "trends",
              "catalog",
              "statistics",
              "money",
              "platform"));

  private static final JavaClasses CODE =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("urgency");

  @Test
  void every_feature_uses_only_what_the_map_allows() {
    MAP.forEach(it -> onlyUses(it.name(), it.uses()).check(CODE));
  }

  @Test
  void the_map_names_every_package_so_no_rule_is_idle() {
    var found = new TreeSet<String>();
    CODE.forEach(it -> found.add(it.getPackageName().split("\\.", -1)[1]));
    found.remove("app");

    assertThat(MAP).extracting(Feature::name).containsExactlyInAnyOrderElementsOf(found);
  }

  @Test
  void the_map_in_the_documentation_is_this_one() throws IOException {
    var table = new StringBuilder("| feature | uses |\n| --- | --- |\n");
    for (var feature : MAP) {
      var uses = MAP.stream().map(Feature::name).filter(feature.uses()::contains).toList();
      table.append(
          "| %s | %s |%n"
              .formatted(feature.name(), uses.isEmpty() ? "nothing" : String.join(" ", uses)));
    }
    table.append("| app | everything; used by nobody |\n");

    assertThat(Files.readString(Path.of("ARCHITECTURE.md"))).contains(table);
  }

  @Test
  void the_map_points_one_way_so_there_are_no_cycles() {
    var above = new LinkedHashSet<String>();
    for (var feature : MAP) {
      assertThat(above).containsAll(feature.uses());
      above.add(feature.name());
    }
  }

  @Test
  void a_forbidden_dependency_is_caught() {
    assertThatThrownBy(() -> onlyUses("orders", Set.of("platform")).check(CODE))
        .hasMessageContaining("urgency.shelf");
  }

  @Test
  void only_app_knows_the_adapters() {
    noClasses()
        .that(not(resideInAnyPackage("urgency.app..", "urgency.*.*..")))
        .should()
        .dependOnClassesThat(
            resideInAPackage("urgency.*.*..").and(not(resideInAPackage("urgency.platform.."))))
        .check(CODE);
  }

  @Test
  void only_the_edges_read_the_clock() {
    noClasses()
        .that(not(resideInAnyPackage("urgency.app..", "urgency.platform..")))
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CODE);
  }

  @Test
  void names_say_what_a_thing_is() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveNameMatching(".*(Utils?|Helper|Manager|Processor|Service|Dto)$")
        .orShould()
        .haveNameMatching(".*\\.(Abstract|Base|Default)[A-Z].*")
        .check(CODE);
  }

  private static ArchRule onlyUses(String feature, Set<String> uses) {
    var open =
        Stream.concat(Stream.of(feature), uses.stream())
            .map(it -> "urgency." + it + "..")
            .collect(toCollection(TreeSet::new))
            .toArray(String[]::new);
    return noClasses()
        .that(resideInAPackage("urgency." + feature + ".."))
        .should()
        .dependOnClassesThat(resideInAPackage("urgency..").and(not(resideInAnyPackage(open))));
  }

  private static Feature feature(String name, String... uses) {
    return new Feature(name, Set.of(uses));
  }
}
