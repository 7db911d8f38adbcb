package urgency.trends.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import urgency.trends.TrendSource.FetchRequest;
import urgency.trends.TrendSource.FetchResult;
import urgency.trends.VendorSettings;
import urgency.trends.wire.Fingerprint;
import urgency.trends.wire.Reply;

/** One answer of a vendor, classified. Live and stored ones alike. */
public final class VendorAnswer {
  /** Where those who refuse with HTTP 200 tend to say why. */
  private static final List<String> SAID =
      List.of("/error/message", "/message", "/msg", "/error", "/detail", "/title");

  private static final List<String> CODE = List.of("/error/code", "/code", "/status");
  private static final List<String> FINE = List.of("", "0", "200", "ok", "success", "null");

  private VendorAnswer() {}

  /** Never throws, whatever came. */
  public static FetchResult classify(VendorSettings map, FetchRequest request, Reply reply) {
    return reply.classifyAny(root -> rows(map, request, root));
  }

  private static FetchResult rows(VendorSettings map, FetchRequest request, JsonNode root) {
    var rows = root.at(map.rows());
    if (!rows.isArray()) return without(map, root, rows);
    if (rows.isEmpty()) return new FetchResult.Empty();
    var reader = new VendorRows(map, request);
    var read = reader.read(rows);
    if (!read.drift().isEmpty()) {
      var missing = reader.missing();
      var where = missing.isEmpty() ? "" : "; missing: " + missing + "; see trends.vendor.fields";
      return Reply.drift(root, read.drift() + where);
    }
    if (read.rows().isEmpty()) return new FetchResult.Empty();
    return new FetchResult.Fresh(
        read.rows(),
        List.of(Reply.bytes(root)),
        Fingerprint.of(read.rows()),
        Fingerprint.shape(rows).text());
  }

  // No vendor's way of refusing is known; what calls itself an error is taken at its word.
  private static FetchResult without(VendorSettings map, JsonNode root, JsonNode instead) {
    var said = first(root, SAID);
    var code = first(root, CODE);
    var low = said.toLowerCase(Locale.ROOT);
    if (low.contains("deprecated") || low.contains("sunset") || low.contains("discontinued")) {
      return new FetchResult.Retired(code, said);
    }
    var isError =
        !FINE.contains(code.toLowerCase(Locale.ROOT))
            || isSet(root.path("error"))
            || (root.path("success").isBoolean() && !root.path("success").asBoolean());
    if (isError) return new FetchResult.Refused(code, said);
    var place = map.rows().toString().isEmpty() ? "the whole answer" : map.rows().toString();
    var what = instead.isMissingNode() ? "nothing" : instead.getNodeType().toString();
    return Reply.drift(
        root, "%s is %s instead of rows; see trends.vendor.rows".formatted(place, what));
  }

  private static boolean isSet(JsonNode error) {
    return error.isObject()
        || (error.isTextual() && !error.asText().isBlank())
        || error.asBoolean();
  }

  private static String first(JsonNode root, List<String> places) {
    for (var it : places) {
      var node = root.at(it);
      if (node.isTextual() || node.isIntegralNumber()) return node.asText();
    }
    return "";
  }
}
