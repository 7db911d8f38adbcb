package urgency.payments.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import urgency.payments.Samples;

/** What the till says is valid by Stripe's own description of its API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TillJsonTest {
  private static final String SPEC = "https://stripe.test/spec3.json";

  private SchemaRegistry registry;

  @BeforeAll
  void read() throws IOException {
    var spec = Files.readString(Samples.STRIPE.resolve("spec3.subset.json"));
    registry =
        SchemaRegistry.withDialect(Dialects.getOpenApi30(), it -> it.schemas(Map.of(SPEC, spec)));
  }

  @ParameterizedTest
  @CsvSource({
    "open, unpaid, ''",
    "complete, paid, succeeded",
    "complete, unpaid, processing",
    "expired, unpaid, ''"
  })
  void every_session_is_valid(String status, String payment, String intent) {
    var session = TillJson.session(session(status, payment, intent)).toString();

    assertThat(schema("checkout.session").validate(session, InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "checkout.session.completed, complete",
    "checkout.session.expired, expired",
    "checkout.session.async_payment_succeeded, complete",
    "checkout.session.async_payment_failed, complete"
  })
  void every_event_is_valid(String type, String status) {
    var event =
        TillJson.event("evt_1", type, session(status, "unpaid", ""), Samples.NOW).toString();

    assertThat(schema("event").validate(event, InputFormat.JSON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"succeeded", "processing", "requires_payment_method"})
  void every_payment_is_valid(String status) {
    var session = session("complete", "unpaid", status);
    var intent = TillJson.intent(session, session.intent().orElseThrow()).toString();

    assertThat(schema("payment_intent").validate(intent, InputFormat.JSON)).isEmpty();
  }

  @Test
  void every_line_of_a_bill_is_valid() {
    var items = TillJson.lineItems(session("open", "unpaid", "")).path("data");

    assertThat(items).isNotEmpty();
    for (var item : items) {
      assertThat(schema("item").validate(item.toString(), InputFormat.JSON)).isEmpty();
    }
  }

  @Test
  void every_error_is_valid() {
    var error = TillJson.error(TillRefusal.noSuch("checkout.session", "cs_test_1"));

    assertThat(schema("error").validate(error, InputFormat.JSON)).isEmpty();
  }

  @Test
  void the_examiner_is_awake() {
    var wrong = TillJson.session(session("open", "unpaid", "")).put("status", "sleeping");

    assertThat(schema("checkout.session").validate(wrong.toString(), InputFormat.JSON))
        .isNotEmpty();
  }

  private Schema schema(String name) {
    return registry.getSchema(SchemaLocation.of(SPEC + "#/components/schemas/" + name));
  }

  private static TillSession session(String status, String payment, String intent) {
    var wish =
        new Wish(
            "ord_1",
            Map.of("order_id", "ord_1"),
            Map.of("order_id", "ord_1"),
            List.of(new Wish.Line("Lamp", 1_819, 2)),
            "usd",
            "http://shop/ok",
            "http://shop/");
    return new TillSession(
        "cs_test_abcdefghijklmnop",
        status,
        payment,
        Samples.NOW,
        Samples.NOW.plus(Duration.ofMinutes(31)),
        wish,
        "http://shop/till/cs_test_abcdefghijklmnop",
        intent.isEmpty() ? Optional.empty() : Optional.of(new TillSession.Intent("pi_1", intent)),
        0);
  }
}
