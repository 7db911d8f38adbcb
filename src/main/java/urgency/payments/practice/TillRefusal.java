package urgency.payments.practice;

/** A request that Stripe would refuse; becomes its error object. */
final class TillRefusal extends RuntimeException {
  private final int status;
  private final String type;
  private final String code;
  private final String parameter;

  private TillRefusal(int status, String type, String code, String parameter, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
    this.parameter = parameter;
  }

  static TillRefusal invalid(String parameter, String message) {
    return new TillRefusal(400, "invalid_request_error", "", parameter, message);
  }

  static TillRefusal missing(String parameter) {
    return new TillRefusal(
        400,
        "invalid_request_error",
        "parameter_missing",
        parameter,
        "Missing required param: " + parameter + ".");
  }

  static TillRefusal unknown(String parameter) {
    return new TillRefusal(
        400,
        "invalid_request_error",
        "parameter_unknown",
        parameter,
        "Received unknown parameter: " + parameter);
  }

  static TillRefusal noSuch(String what, String id) {
    return new TillRefusal(
        404,
        "invalid_request_error",
        "resource_missing",
        what,
        "No such " + what + ": '" + id + "'");
  }

  static TillRefusal noSuchAddress(String method, String path) {
    return new TillRefusal(
        404,
        "invalid_request_error",
        "",
        "",
        "Unrecognized request URL (%s: %s).".formatted(method, path));
  }

  static TillRefusal noKey(String message) {
    return new TillRefusal(401, "invalid_request_error", "", "", message);
  }

  static TillRefusal otherRequest() {
    return new TillRefusal(
        400,
        "idempotency_error",
        "",
        "",
        "Keys for idempotent requests can only be used with the same parameters they were first"
            + " used with.");
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  String code() {
    return code;
  }

  String parameter() {
    return parameter;
  }
}
