package urgency.platform.http;

import io.vertx.core.http.HttpServerRequest;

/** What a request asks for, without the absences that the framework leaves open. */
final class Asked {
  private Asked() {}

  /**
   * The path as it was sent, neither decoded nor normalised; empty for a request line without one.
   */
  static String path(HttpServerRequest request) {
    var path = request.path();
    return path == null ? "" : path;
  }
}
