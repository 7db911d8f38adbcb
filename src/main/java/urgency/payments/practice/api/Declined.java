package urgency.payments.practice.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import urgency.payments.practice.wire.Json;

/** The answer to a payment that was tried and declined: an error, and yet it is kept. */
final class Declined {
  private Declined() {}

  /** The error of a payment that was declined just now; the other answer when it was not. */
  static ObjectNode orElse(ObjectNode intent, ObjectNode otherwise) {
    var error = intent.path("last_payment_error");
    var status = intent.path("status").asText();
    if (!(error instanceof ObjectNode told) || !status.equals("requires_payment_method")) {
      return otherwise;
    }
    var json = Json.empty();
    var copy = told.deepCopy();
    copy.set("payment_intent", intent);
    json.set("error", copy);
    return json;
  }

  /** Stripe's status for an answer. */
  static int status(ObjectNode answer) {
    return answer.has("error") ? 402 : 200;
  }
}
