package urgency.payments;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import urgency.payments.EventSource.Kind;

/**
 * The outside of an event: enough to store it once and to find its object, whatever release of
 * Stripe wrote it.
 *
 * @param dedupeId the same for the thin and the full event of one change
 * @param objectId empty when the event names no object
 * @param thin the object is not inside and must be fetched
 */
record Envelope(
    String eventId,
    String dedupeId,
    String type,
    String apiVersion,
    boolean live,
    String objectId,
    Optional<Instant> created,
    boolean thin,
    JsonNode object) {
  private static final int DEPTH_MAX = 64;
  private static final long CREATED_MAX = 4_102_444_800L;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,255}");

  /**
   * What the shop acts upon, and what it is about; a thin event's type has the release of the API
   * before it. Events of a payment say nothing that those of its session and charge do not.
   */
  static final Map<String, Kind> USED =
      Map.ofEntries(
          entry("checkout.session.completed", Kind.SESSION),
          entry("checkout.session.expired", Kind.SESSION),
          entry("checkout.session.async_payment_succeeded", Kind.SESSION),
          entry("checkout.session.async_payment_failed", Kind.SESSION),
          entry("charge.refunded", Kind.CHARGE),
          entry("refund.created", Kind.REFUND),
          entry("refund.updated", Kind.REFUND),
          entry("refund.failed", Kind.REFUND),
          entry("charge.refund.updated", Kind.REFUND),
          entry("charge.dispute.created", Kind.DISPUTE),
          entry("charge.dispute.updated", Kind.DISPUTE),
          entry("charge.dispute.closed", Kind.DISPUTE),
          entry("charge.dispute.funds_withdrawn", Kind.DISPUTE),
          entry("charge.dispute.funds_reinstated", Kind.DISPUTE));

  private static final String THIN_PREFIX = "v1.";

  static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Empty when the bytes are not an event. */
  static Optional<Envelope> parse(byte[] raw) {
    try {
      return read(JSON.readTree(raw));
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  /** Whether it tells of an order's money; all else is stored and left alone. */
  boolean isUsed() {
    return USED.containsKey(plainType());
  }

  /** What it is about. */
  Kind kind() {
    var kind = USED.get(plainType());
    if (kind == null) throw new IllegalStateException("the shop does not use " + type);
    return kind;
  }

  /** Whether it says that a slow payment failed, which the session itself does not tell. */
  boolean tellsFailure() {
    return plainType().equals("checkout.session.async_payment_failed");
  }

  private String plainType() {
    return type.startsWith(THIN_PREFIX) ? type.substring(THIN_PREFIX.length()) : type;
  }

  private static Optional<Envelope> read(JsonNode event) {
    if (event == null || !event.isObject()) return Optional.empty();
    var id = matching(event.path("id"), ID);
    var type = matching(event.path("type"), TYPE);
    if (id.isEmpty() || type.isEmpty()) return Optional.empty();
    var object = event.path("data").path("object");
    var thin = event.path("object").asText("").equals("v2.core.event") || !object.isObject();
    var related = thin ? event.path("related_object") : object;
    return Optional.of(
        new Envelope(
            id.get(),
            matching(event.path("snapshot_event"), ID).orElse(id.get()),
            type.get(),
            matching(event.path("api_version"), ID).orElse(""),
            event.path("livemode").asBoolean(),
            matching(related.path("id"), ID).orElse(""),
            created(event.path("created")),
            thin,
            object));
  }

  private static Optional<String> matching(JsonNode node, Pattern pattern) {
    return Optional.of(node)
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(it -> pattern.matcher(it).matches());
  }

  // Seconds in full events, ISO 8601 in thin ones.
  private static Optional<Instant> created(JsonNode node) {
    try {
      var at =
          node.isTextual() ? Instant.parse(node.asText()) : Instant.ofEpochSecond(node.asLong());
      var seconds = at.getEpochSecond();
      return seconds > 0 && seconds < CREATED_MAX ? Optional.of(at) : Optional.empty();
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
