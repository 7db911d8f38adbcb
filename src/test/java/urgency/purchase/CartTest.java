package urgency.purchase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import urgency.catalog.VariantId;
import urgency.orders.Placement;

class CartTest {
  private static final VariantId LAMP = new VariantId(new UUID(-1, 1));
  private static final VariantId MUG = new VariantId(new UUID(5, -9));

  @Test
  void what_is_put_in_is_there_again() {
    var cart = Cart.EMPTY.plus(LAMP, 2).plus(MUG, 1).plus(LAMP, 1);

    assertThat(Cart.parse(cart.text())).isEqualTo(cart);
    assertThat(cart.units()).isEqualTo(4);
  }

  @Test
  void a_line_is_set_in_its_place_and_removed() {
    var cart = Cart.EMPTY.plus(LAMP, 2).plus(MUG, 1).with(new Cart.Line(LAMP, 5));

    assertThat(cart.lines().getFirst()).isEqualTo(new Cart.Line(LAMP, 5));
    assertThat(cart.without(LAMP).lines()).containsExactly(new Cart.Line(MUG, 1));
  }

  @Test
  void a_variant_named_twice_is_one_line() {
    var hex = LAMP.hex();

    assertThat(Cart.parse(hex + "*2." + hex + "*3").lines()).hasSize(1);
  }

  @Test
  void a_full_cart_takes_no_more_lines() {
    var cart = Cart.EMPTY;
    for (var at = 0; at < 20; at++) cart = cart.plus(new VariantId(new UUID(0, at)), 1);

    assertThat(cart.lines()).hasSize(Placement.LINES_MAX);
    assertThat(Cart.parse(cart.text())).isEqualTo(cart);
  }

  @Property(tries = 500)
  void anything_at_all_parses_to_a_cart_within_its_limits(@ForAll String hostile) {
    var cart = Cart.parse(hostile);

    assertThat(cart.lines()).hasSizeLessThanOrEqualTo(Placement.LINES_MAX);
    assertThat(cart.lines()).allMatch(it -> it.units() >= 1 && it.units() <= Placement.UNITS_MAX);
  }

  @Property(tries = 500)
  void near_misses_parse_within_the_limits_too(@ForAll("nearMisses") String hostile) {
    var cart = Cart.parse(hostile);

    assertThat(cart.lines()).hasSizeLessThanOrEqualTo(Placement.LINES_MAX);
    assertThat(Cart.parse(cart.text())).isEqualTo(cart);
  }

  @Provide
  Arbitrary<String> nearMisses() {
    return Arbitraries.strings()
        .withChars("0123456789abcdef*.-%;")
        .ofMinLength(20)
        .ofMaxLength(700);
  }
}
