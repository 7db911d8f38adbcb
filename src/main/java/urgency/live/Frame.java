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
 * Something that many phones hear, encoded once: as text, and as the chunk that it is on an
 * HTTP/1.1 connection. The chunk lies outside the heap and is handed to each socket as it is.
 */
final class Frame {
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
    socket.writeAndFlush(chunk.duplicate(), socket.voidPromise());
  }
}
