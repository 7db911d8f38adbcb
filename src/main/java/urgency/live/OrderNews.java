package urgency.live;

import io.vertx.core.buffer.Buffer;

/** Where an order stands, for the one who placed it. */
record OrderNews(String order, String status, int version) {
  Buffer frame(long nowMs) {
    return Buffer.buffer(
        """
        event: frame
        data: {"now":%d,"order":{"id":"%s","status":"%s","version":%d}}

        """
            .formatted(nowMs, order, status, version));
  }
}
