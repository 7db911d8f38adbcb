package urgency.cashdesk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import urgency.admin.AdminView;
import urgency.money.Money;
import urgency.orders.Order;
import urgency.platform.http.BadInput;

/** What an operator types to send money back: an amount, or the units that it is for. */
final class Back {
  private Back() {}

  /** Units of each line; none for a form without them. */
  static List<Integer> units(List<String> typed, Order order) {
    if (typed.isEmpty()) return List.of();
    if (typed.size() != order.lines().size()) {
      throw new BadInput("units", "one number for each line of the order");
    }
    var units = new ArrayList<Integer>();
    for (var place = 0; place < typed.size(); place++) {
      var max = order.lines().get(place).units();
      var text = typed.get(place).strip();
      var number = text.isEmpty() ? 0 : text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
      if (number < 0 || number > max) throw new BadInput("units", "a number from 0 to " + max);
      units.add(number);
    }
    return units;
  }

  /** What was typed, or else what the units cost. */
  static Money amount(String typed, List<Integer> units, Order order) {
    var currency = order.total().currency();
    var plain = typed.strip();
    if (plain.isEmpty()) {
      var sum = Money.zero(currency);
      for (var place = 0; place < units.size(); place++) {
        sum = sum.plus(order.lines().get(place).price().times(units.get(place)));
      }
      if (sum.minor() > 0) return sum;
    }
    var digits = Math.max(0, currency.getDefaultFractionDigits());
    var remedy = "a positive amount with at most %d decimals, such as 5".formatted(digits);
    if (!plain.matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) throw new BadInput("amount", remedy);
    var minor = new BigDecimal(plain).movePointRight(digits).stripTrailingZeros();
    if (minor.scale() > 0 || minor.signum() == 0) throw new BadInput("amount", remedy);
    return new Money(minor.longValueExact(), currency);
  }

  /** The units that go back on the shelf: those named, or all when none are. */
  static List<Integer> all(List<Integer> units, Order order) {
    if (units.stream().anyMatch(it -> it > 0)) return units;
    return order.lines().stream().map(Order.Line::units).toList();
  }

  /** What will happen to the units, in a sentence. */
  static String words(List<Integer> units, boolean restock, Order order) {
    if (!restock) return "Its units stay sold.";
    if (units.stream().noneMatch(it -> it > 0)) {
      return "All units of the order go back on the shelf.";
    }
    var said = new ArrayList<String>();
    for (var place = 0; place < units.size(); place++) {
      if (units.get(place) == 0) continue;
      said.add(units.get(place) + " × " + order.lines().get(place).title());
    }
    return "Back on the shelf: " + String.join(", ", said) + ".";
  }

  /** The form once more, for the one who confirms it. */
  static List<AdminView.Field> fields(
      String amount, List<String> units, String reason, String restock, String version) {
    var fields = new ArrayList<AdminView.Field>();
    fields.add(new AdminView.Field("amount", amount));
    units.forEach(it -> fields.add(new AdminView.Field("units", it)));
    fields.add(new AdminView.Field("reason", reason));
    fields.add(new AdminView.Field("restock", restock));
    fields.add(new AdminView.Field("version", version));
    return fields;
  }
}
