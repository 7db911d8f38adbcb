package urgency.admin;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import urgency.money.Money;

/**
 * One line of a catalogue file that is right by itself: one variant, and what the line says about
 * its product. What an optional cell leaves open stays as it is in the catalogue.
 *
 * @param slug of the product, given or derived from its name
 * @param slugGiven whether the line names the slug itself
 */
record CatalogRow(
    int line,
    String sku,
    String slug,
    boolean slugGiven,
    String name,
    Optional<String> variant,
    Optional<String> description,
    Optional<String> category,
    Money price,
    Optional<Money> cost,
    OptionalInt stock,
    Optional<Set<String>> tags,
    Optional<String> accent,
    Optional<String> poster,
    Optional<String> clip) {}
