package urgency.payments.practice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import urgency.payments.Samples;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Refusal;

/** The examiner of the till is examined: it passes what is right and finds what is wrong. */
class ContractTest {
  private static final Contract CONTRACT = Contract.read();

  @ParameterizedTest
  @ValueSource(strings = {"refund", "dispute", "price", "product", "webhook_endpoint"})
  void stripes_own_examples_are_as_described(String kind) throws IOException {
    assertThat(CONTRACT.problems(kind, example(kind).toString())).isEmpty();
  }

  @Test
  void a_session_in_a_state_that_does_not_exist_is_found() throws IOException {
    var wrong = example("checkout.session").put("status", "sleeping");

    assertThat(CONTRACT.problems("checkout.session", wrong.toString())).isNotEmpty();
  }

  @Test
  void an_answer_without_what_it_must_have_is_found() throws IOException {
    var wrong = example("refund");
    wrong.remove("amount");

    assertThat(CONTRACT.problems("POST", "/v1/refunds", 200, wrong.toString()))
        .anyMatch(it -> it.contains("amount"));
  }

  @Test
  void an_object_in_a_place_of_another_is_found() throws IOException {
    var refund = example("refund").toString();

    assertThat(CONTRACT.problems("GET", "/v1/charges/ch_1", 200, refund)).isNotEmpty();
    assertThat(CONTRACT.problems("GET", "/v1/refunds", 200, refund)).isNotEmpty();
  }

  @Test
  void an_event_with_a_wrong_object_in_it_is_found() throws IOException {
    var event = example("event");
    var charge = example("charge");
    charge.remove("currency");
    ((ObjectNode) event.path("data")).set("object", charge);

    assertThat(CONTRACT.problems(event)).anyMatch(it -> it.contains("currency"));
  }

  @Test
  void an_error_is_as_described_and_tells_where_stripe_explains_it() {
    var error = Refusal.missing("amount").json();

    assertThat(CONTRACT.problems("POST", "/v1/refunds", 400, error.toString())).isEmpty();
    assertThat(error.path("error").path("doc_url").asText()).endsWith("/parameter-missing");
  }

  private static ObjectNode example(String kind) throws IOException {
    var all = Json.parse(Files.readString(Samples.STRIPE.resolve("fixtures3.subset.json")));
    return all.path(kind).deepCopy();
  }
}
