package urgency.platform.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Ties the log lines of one request together, and to the proxy's if it sent an id. */
final class RequestId {
  static final String HEADER = "X-Request-Id";
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{8,64}");

  private RequestId() {}

  /** The id that was given to this request. */
  static String of(HttpServerRequest request) {
    var given = request.response().headers().get(HEADER);
    return given == null ? "" : given;
  }

  static void give(HttpServerRequest request) {
    var sent = request.getHeader(HEADER);
    var id =
        sent != null && LEGAL.matcher(sent).matches()
            ? sent
            : Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    request.response().putHeader(HEADER, id);
  }
}
