package urgency.payments.practice.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request that Stripe would refuse before it has done anything; becomes its error object. */
public final class Refusal extends RuntimeException {
  private static final String INVALID = "invalid_request_error";
  private static final String DOCUMENTED = "https://stripe.com/docs/error-codes/";

  private final int status;
  private final String type;
  private final String code;
  private final String parameter;

  private Refusal(int status, String type, String code, String parameter, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
    this.parameter = parameter;
  }

  public static Refusal invalid(String parameter, String message) {
    return new Refusal(400, INVALID, "", parameter, message);
  }

  /**
   * A refusal that programs can tell from others.
   *
   * @param code Stripe's, for programs to act upon
   */
  public static Refusal coded(String code, String parameter, String message) {
    return new Refusal(400, INVALID, code, parameter, message);
  }

  public static Refusal missing(String parameter) {
    return coded("parameter_missing", parameter, "Missing required param: " + parameter + ".");
  }

  public static Refusal unknown(List<String> parameters) {
    var message =
        (parameters.size() == 1 ? "Received unknown parameter: " : "Received unknown parameters: ")
            + String.join(", ", parameters);
    return coded("parameter_unknown", parameters.getFirst(), message);
  }

  /**
   * There is nothing of this id.
   *
   * @param parameter by which it was asked for
   */
  public static Refusal noSuch(String what, String parameter, String id) {
    return new Refusal(
        404, INVALID, "resource_missing", parameter, "No such " + what + ": '" + id + "'");
  }

  public static Refusal noSuchAddress(String method, String path) {
    return new Refusal(
        404, INVALID, "", "", "Unrecognized request URL (%s: %s).".formatted(method, path));
  }

  public static Refusal noKey(String message) {
    return new Refusal(401, INVALID, "", "", message);
  }

  /** With a key that must not be used for this. */
  public static Refusal wrongKey(String message) {
    return new Refusal(403, INVALID, "secret_key_required", "", message);
  }

  public static Refusal tooFast() {
    return new Refusal(
        429,
        INVALID,
        "rate_limit",
        "",
        "Request rate limit exceeded. Ask less often, or wait and ask again.");
  }

  public static Refusal broken() {
    return new Refusal(500, "api_error", "", "", "An unknown error occurred.");
  }

  public static Refusal otherRequest(String key) {
    return new Refusal(
        400,
        "idempotency_error",
        "",
        "",
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with. Try using a key other than '"
            + key
            + "' if you meant to execute a different request.");
  }

  public int status() {
    return status;
  }

  /** Stripe's error object. */
  public ObjectNode json() {
    var json = Json.empty();
    var error = json.putObject("error");
    if (!code.isEmpty()) error.put("code", code).put("doc_url", documented(code));
    error.put("message", getMessage());
    if (!parameter.isEmpty()) error.put("param", parameter);
    error.put("type", type);
    return json;
  }

  /** Where Stripe explains one of its codes. */
  public static String documented(String code) {
    return DOCUMENTED + code.replace('_', '-');
  }
}
