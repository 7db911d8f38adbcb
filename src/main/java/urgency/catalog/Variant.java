package urgency.catalog;

import java.util.Optional;
import urgency.money.Money;

/**
 * What is really bought: one colour or size of a product.
 *
 * @param sku the merchant's own code, unique in the shop
 * @param name tells it from its siblings, such as "Lilac"; the product's name when there is only
 *     one
 * @param price regular price of one unit
 * @param cost what one unit costs the merchant, if known
 */
public record Variant(VariantId id, String sku, String name, Money price, Optional<Money> cost) {}
