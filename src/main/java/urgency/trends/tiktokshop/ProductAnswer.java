package urgency.trends.tiktokshop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.wire.Fingerprint;
import urgency.trends.wire.OfficialEnvelope;
import urgency.trends.wire.Reply;

/**
 * One page of {@code open_collaborations/products/search}, classified. Live and stored ones alike.
 *
 * @param nextPage what to ask for the next page with; empty when there is none
 */
public record ProductAnswer(FetchResult result, String nextPage) {
  private static final int TOKEN_MAX = 1_000;

  /** Never throws, whatever came. */
  public static ProductAnswer read(FetchRequest request, Reply reply) {
    var next = new AtomicReference<>("");
    var result =
        reply.classify(
            root ->
                OfficialEnvelope.refusal(root)
                    .orElseGet(
                        () -> {
                          next.set(next(root));
                          return products(request, root);
                        }));
    return new ProductAnswer(result, next.get());
  }

  private static FetchResult products(FetchRequest request, JsonNode root) {
    var products = root.path("data").path("products");
    if (products.isMissingNode() || products.isNull()) {
      return new FetchResult.Retired("0", OfficialEnvelope.message(root));
    }
    if (!products.isArray()) return Reply.drift(root, "products is " + products.getNodeType());
    if (products.isEmpty()) return new FetchResult.Empty();
    var reader = new ProductRows(request);
    var read = reader.read(products);
    if (!read.drift().isEmpty()) return Reply.drift(root, read.drift());
    var here = read.rows().stream().filter(it -> it.region().equals(request.region())).toList();
    if (here.isEmpty()) return new FetchResult.Empty();
    return new FetchResult.Fresh(
        here,
        List.of(Reply.bytes(root)),
        Fingerprint.of(here),
        Fingerprint.shape(products).text(),
        reader.aliases());
  }

  private static String next(JsonNode root) {
    var token = root.path("data").path("next_page_token");
    return token.isTextual() && token.asText().length() <= TOKEN_MAX ? token.asText() : "";
  }
}
