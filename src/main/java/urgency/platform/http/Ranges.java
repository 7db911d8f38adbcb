package urgency.platform.http;

import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends a file or one range of it (RFC 9110, section 14); browsers ask for video that way. */
final class Ranges {
  private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

  /** First and last byte, both included. */
  record Range(long first, long last) {
    long length() {
      return last - first + 1;
    }
  }

  private Ranges() {}

  static void send(
      HttpServerRequest request,
      SecurityHeaders headers,
      Path path,
      long length,
      String type,
      String cacheControl,
      boolean withBody) {
    var response = request.response();
    headers.apply(response);
    response.putHeader("Content-Type", type);
    response.putHeader("Cache-Control", cacheControl);
    response.putHeader("Accept-Ranges", "bytes");
    var asked = request.getHeader("Range");
    var range = asked == null ? Optional.of(new Range(0, length - 1)) : range(asked, length);
    if (range.isEmpty()) {
      response.putHeader("Content-Range", "bytes */" + length).setStatusCode(416).end();
      return;
    }
    var part = range.get();
    if (asked != null) {
      response.setStatusCode(206);
      response.putHeader(
          "Content-Range", "bytes %d-%d/%d".formatted(part.first(), part.last(), length));
    }
    response.putHeader("Content-Length", Long.toString(part.length()));
    if (withBody) {
      response.sendFile(path.toString(), part.first(), part.length());
    } else {
      response.end();
    }
  }

  /** Empty when the range lies outside; several ranges at once are answered with the whole. */
  static Optional<Range> range(String header, long length) {
    var matcher = ONE_RANGE.matcher(header);
    if (!matcher.matches()) return Optional.of(new Range(0, length - 1));
    var first = matcher.group(1);
    var last = matcher.group(2);
    if (first.isEmpty() && last.isEmpty()) return Optional.empty();
    if (first.isEmpty()) {
      var suffix = Math.min(length, Long.parseLong(last));
      return suffix == 0 ? Optional.empty() : Optional.of(new Range(length - suffix, length - 1));
    }
    var from = Long.parseLong(first);
    var to = last.isEmpty() ? length - 1 : Math.min(Long.parseLong(last), length - 1);
    return from > to ? Optional.empty() : Optional.of(new Range(from, to));
  }
}
