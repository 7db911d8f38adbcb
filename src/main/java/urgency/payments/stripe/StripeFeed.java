package urgency.payments.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.ApiResource.RequestMethod;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import urgency.payments.EventSource;

/**
 * Stripe's API, read as JSON and not as classes: those understand only the release that they were
 * made for.
 */
public final class StripeFeed implements EventSource {
  private static final Logger LOG = Logger.getLogger(StripeFeed.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE_MAX = 100;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,255}");

  private final StripeClient stripe;
  private final List<String> types;

  /**
   * @param types of the events that are wanted; Stripe takes at most twenty
   */
  public StripeFeed(String secretKey, URI apiBase, List<String> types) {
    this.stripe = StripeDesk.client(secretKey, apiBase);
    this.types = List.copyOf(types);
  }

  @Override
  public Optional<JsonNode> fetch(Kind kind, String id) {
    if (!ID.matcher(id).matches()) return Optional.empty();
    return get(
        switch (kind) {
          case SESSION -> "/v1/checkout/sessions/" + id;
          case CHARGE -> "/v1/charges/" + id;
          case REFUND -> "/v1/refunds/" + id;
          case DISPUTE -> "/v1/disputes/" + id;
        });
  }

  @Override
  public Optional<Page> events(Instant from, Instant until, String after) {
    var path = new StringBuilder("/v1/events?").append(stretch(from, until, after));
    for (var type : types) path.append("&types[]=").append(type);
    return get(path.toString()).map(StripeFeed::page);
  }

  @Override
  public Optional<Page> sessions(Instant from, Instant until, String after) {
    return get("/v1/checkout/sessions?" + stretch(from, until, after)).map(StripeFeed::page);
  }

  private static String stretch(Instant from, Instant until, String after) {
    var stretch =
        "limit=%d&created[gte]=%d&created[lt]=%d"
            .formatted(PAGE_MAX, from.getEpochSecond(), until.getEpochSecond());
    if (after.isEmpty()) return stretch;
    return stretch + "&starting_after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
  }

  private static Page page(JsonNode list) {
    var items = new ArrayList<JsonNode>();
    for (var it : list.path("data")) items.add(it);
    return new Page(items, list.path("has_more").asBoolean());
  }

  private Optional<JsonNode> get(String path) {
    try {
      return Optional.of(JSON.readTree(stripe.rawRequest(RequestMethod.GET, path, null).body()));
    } catch (StripeException trouble) {
      LOG.warnf("%s cannot be read: %s", path, StripeDesk.told(trouble));
      return Optional.empty();
    } catch (JsonProcessingException notJson) {
      LOG.warnf("%s was answered with what is not JSON", path);
      return Optional.empty();
    }
  }
}
