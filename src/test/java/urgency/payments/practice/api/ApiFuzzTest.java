package urgency.payments.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import urgency.payments.practice.wire.Json;

/** Whatever is asked of the till, it answers in Stripe's words and never breaks. */
class ApiFuzzTest {
  private static final int TRIES = 4_000;
  private static final List<String> PATHS =
      List.of(
          "checkout/sessions",
          "checkout/sessions/%s",
          "checkout/sessions/%s/expire",
          "checkout/sessions/%s/line_items",
          "payment_pages/%s",
          "payment_pages/%s/confirm",
          "payment_intents",
          "payment_intents/%s",
          "payment_intents/%s/confirm",
          "payment_intents/%s/capture",
          "payment_intents/%s/cancel",
          "charges",
          "charges/%s",
          "refunds",
          "refunds/%s",
          "refunds/%s/cancel",
          "disputes",
          "disputes/%s",
          "disputes/%s/close",
          "products",
          "products/%s",
          "prices",
          "prices/%s",
          "payment_methods",
          "payment_methods/%s",
          "payment_methods/%s/attach",
          "customers",
          "customers/%s",
          "events",
          "events/%s",
          "webhook_endpoints",
          "webhook_endpoints/%s");
  private static final List<String> NAMES =
      List.of(
          "amount",
          "currency",
          "payment_method",
          "confirm",
          "payment_intent",
          "charge",
          "mode",
          "success_url",
          "line_items[0][quantity]",
          "line_items[0][price]",
          "line_items[]",
          "line_items[0][price_data][unit_amount]",
          "line_items[0][price_data][currency]",
          "line_items[0][price_data][product_data][name]",
          "metadata[a]",
          "metadata",
          "expires_at",
          "expected_amount",
          "limit",
          "starting_after",
          "ending_before",
          "created[gte]",
          "created",
          "types[]",
          "type",
          "card[token]",
          "card[number]",
          "sepa_debit[iban]",
          "name",
          "active",
          "unit_amount",
          "product",
          "customer",
          "url",
          "enabled_events[]",
          "evidence[receipt]",
          "submit",
          "reason",
          "expand[]",
          "amount_to_capture",
          "status",
          "delivery_success",
          "a[b][c]",
          "[]",
          "",
          "\u0000",
          "x[0][0][0]");
  private static final List<String> VALUES =
      List.of(
          "",
          "1",
          "0",
          "-1",
          "2000",
          "99999999",
          "9999999999999999999",
          "1.5",
          "NaN",
          "true",
          "usd",
          "eur",
          "xxx",
          "payment",
          "pm_card_visa",
          "pm_card_createDispute",
          "pm_card_chargeDeclined",
          "tok_visa",
          "card",
          "sepa_debit",
          "AT611904300234573201",
          "http://shop/ok",
          "http://127.0.0.1:9/x",
          "*",
          "Lamp",
          "%",
          "a\u0000b",
          "\ud83d\udca9",
          "' or 1=1 --",
          "{\"a\":1}",
          "[]",
          "../../etc",
          "data.charge",
          "latest_charge");

  @Test
  void four_thousand_random_requests_are_each_answered_as_described() {
    var random = new Random(20_261_125);
    var answers = new TreeMap<Integer, Integer>();
    var ids = new ArrayList<>(List.of("", "nobody", "%00", "\u0000", "evt_1"));
    try (var caller = new Caller()) {
      for (var i = 0; i < TRIES; i++) {
        var path = path(random, ids);
        var form = form(random, ids);
        var answer =
            switch (random.nextInt(5)) {
              case 0, 1 -> caller.get(path, form);
              case 2 -> caller.delete(path);
              default -> caller.post(path, form, random.nextInt(4) == 0 ? "k" + i % 50 : "");
            };
        answers.merge(answer.status(), 1, Integer::sum);
        var id = Json.parse(answer.body()).path("id").asText();
        if (!id.isEmpty() && ids.size() < 300) ids.add(id);
      }
    }

    assertThat(answers.keySet()).isSubsetOf(200, 400, 402, 404).contains(200, 400, 404);
  }

  private static String path(Random random, List<String> ids) {
    var path = PATHS.get(random.nextInt(PATHS.size()));
    return "/v1/" + path.formatted(ids.get(random.nextInt(ids.size())));
  }

  private static String form(Random random, List<String> ids) {
    if (random.nextInt(3) == 0) return sensible(random, ids);
    var form = new StringBuilder();
    for (var i = random.nextInt(5); i > 0; i--) {
      var value =
          random.nextInt(4) == 0
              ? ids.get(random.nextInt(ids.size()))
              : VALUES.get(random.nextInt(VALUES.size()));
      form.append(encoded(NAMES.get(random.nextInt(NAMES.size())))).append('=');
      form.append(encoded(value)).append('&');
    }
    return form.toString();
  }

  private static String sensible(Random random, List<String> ids) {
    return switch (random.nextInt(6)) {
      case 0 -> "amount=2000&currency=usd&confirm=true&payment_method=pm_card_visa";
      case 1 -> "amount=2000&currency=usd&confirm=true&payment_method=pm_card_createDispute";
      case 2 -> "payment_intent=" + ids.get(random.nextInt(ids.size())) + "&amount=100";
      case 3 -> "name=Lamp";
      case 4 -> "type=card&card[token]=tok_visa";
      default ->
          "mode=payment&success_url=http://shop&line_items[0][quantity]=1"
              + "&line_items[0][price_data][currency]=usd"
              + "&line_items[0][price_data][unit_amount]=900"
              + "&line_items[0][price_data][product_data][name]=Cup";
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
