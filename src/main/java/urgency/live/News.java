package urgency.live;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContentEncoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One state of the moving figures, ready for the wire. The delta is encoded once and shared by all
 * who have the state before; whoever missed one gets the whole.
 */
final class News {
  /**
   * Something that many phones hear, encoded once: as text, and as the chunk that it is on an
   * HTTP/1.1 connection. The chunk lies outside the heap and is handed to each socket as it is.
   */
  static final class Frame {
    private static final String END = "\r\n";

    private final Buffer text;
    private final ByteBuf chunk;

    private Frame(Buffer text, ByteBuf chunk) {
      this.text = text;
      this.chunk = chunk;
    }

    static Frame of(String text) {
      var bytes = Buffer.buffer(text);
      var head = (Integer.toHexString(bytes.length()) + END).getBytes(US_ASCII);
      var chunk = ByteBuffer.allocateDirect(head.length + bytes.length() + END.length());
      chunk.put(head).put(bytes.getBytes()).put(END.getBytes(US_ASCII)).flip();
      // Nobody counts who still reads it: the memory goes with the last reference.
      return new Frame(bytes, Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(chunk)));
    }

    /**
     * Where chunks of the answer may be written past the HTTP layer: under the encoder of HTTP/1.1
     * that does not compress. Nowhere for others, which get the text; HTTP/1.0 knows no chunks.
     */
    static Optional<ChannelHandlerContext> socket(HttpServerRequest request) {
      if (request.version() != HttpVersion.HTTP_1_1
          || !(request.connection() instanceof ConnectionBase wire)) {
        return Optional.empty();
      }
      var pipeline = wire.channel().pipeline();
      return pipeline.get(HttpContentEncoder.class) == null
          ? Optional.ofNullable(pipeline.context(HttpResponseEncoder.class))
          : Optional.empty();
    }

    Buffer text() {
      return text;
    }

    /** Writes the chunk; to be called on the event loop of the socket. */
    void writeTo(ChannelHandlerContext socket) {
      var _ = socket.writeAndFlush(chunk.duplicate(), socket.voidPromise());
    }
  }

  private final String node;
  private final long number;
  private final Figures figures;
  private final Frame delta;
  private final String whole;

  private News(String node, long number, Figures figures, Frame delta) {
    this.node = node;
    this.number = number;
    this.figures = figures;
    this.delta = delta;
    this.whole = figures.whole();
  }

  /**
   * The state of a node that has felt nothing yet.
   *
   * @param node without a dash; tells this node's numbers from those of others
   */
  static News first(String node) {
    return new News(node, 0, Figures.NONE, Frame.of(""));
  }

  /** The state after this one; this one itself when nothing differs. */
  News next(Figures now, long nowMs) {
    var members = now.since(figures);
    return members.isEmpty()
        ? this
        : new News(node, number + 1, now, Frame.of(frame(number + 1, nowMs, members)));
  }

  /** The number of the state that this id of an event names; -1 when it is not one of ours. */
  long numberOf(String eventId) {
    if (!eventId.startsWith(node + "-")) return -1;
    try {
      var named = Long.parseLong(eventId.substring(node.length() + 1));
      return named <= number ? named : -1;
    } catch (NumberFormatException strange) {
      return -1;
    }
  }

  long number() {
    return number;
  }

  Figures figures() {
    return figures;
  }

  Frame delta() {
    return delta;
  }

  Buffer whole(long nowMs) {
    return Buffer.buffer(frame(number, nowMs, whole));
  }

  private String frame(long number, long nowMs, String members) {
    return "id: %s-%d\nevent: frame\ndata: {\"now\":%d%s}\n\n"
        .formatted(node, number, nowMs, members);
  }
}
