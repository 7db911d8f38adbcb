package urgency.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many open event streams, read by one thread without blocking. Knows when each stream has heard a
 * certain text for the first time.
 */
final class Streams implements AutoCloseable {
  private static final int TOGETHER = 100;
  private static final Duration OPEN_MAX = Duration.ofSeconds(120);
  private static final int BUFFER = 64 * 1024;
  private static final String HELLO = "event: frame";

  /** One stream: the end of what it said, and when it said what is awaited. */
  private static final class Stream {
    private byte[] tail = new byte[0];
    private boolean waiting;
    private long heardAt;
  }

  private final Selector selector = Selector.open();
  private final InetSocketAddress address;
  private final byte[] request;
  private final List<Stream> streams = new ArrayList<>();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] bytes = new byte[BUFFER];
  private byte[] marker = HELLO.getBytes(ISO_8859_1);
  private int heard;

  Streams(int port) throws IOException {
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    request =
        ("GET /events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n"
                + "User-Agent: urgency-bench\r\nAccept-Encoding: gzip\r\n\r\n")
            .formatted(port)
            .getBytes(ISO_8859_1);
  }

  /** Opens so many, a hundred at a time; returns when each has had its first frame. */
  void open(int count) throws IOException {
    var deadline = System.nanoTime() + OPEN_MAX.toNanos();
    while (heard < count) {
      while (streams.size() < count && streams.size() - heard < TOGETHER) connect();
      if (System.nanoTime() > deadline) {
        throw new IOException("only %d of %d streams opened".formatted(heard, count));
      }
      read(100);
    }
  }

  /** From now on this text is listened for. */
  void await(String text) {
    marker = text.getBytes(ISO_8859_1);
    heard = 0;
    for (var it : streams) {
      it.waiting = true;
      it.tail = new byte[0];
    }
  }

  /** Waits until every stream has heard it; milliseconds since {@code from}, in order. */
  double[] delays(long from, Duration max) throws IOException {
    while (heard < streams.size()) {
      if (System.nanoTime() - from > max.toNanos()) {
        throw new IOException(
            "only %d of %d streams heard it in %s".formatted(heard, streams.size(), max));
      }
      read(20);
    }
    var delays = streams.stream().mapToDouble(it -> (it.heardAt - from) / 1e6).toArray();
    Arrays.sort(delays);
    return delays;
  }

  private void connect() throws IOException {
    var channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 8_192);
    var stream = new Stream();
    stream.waiting = true;
    streams.add(stream);
    channels.add(channel);
    channel.connect(address);
    channel.register(selector, SelectionKey.OP_CONNECT, stream);
  }

  private void read(long waitMs) throws IOException {
    selector.select(waitMs);
    var ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      var key = ready.next();
      ready.remove();
      var channel = (SocketChannel) key.channel();
      if (key.isConnectable()) {
        channel.finishConnect();
        channel.write(ByteBuffer.wrap(request));
        key.interestOps(SelectionKey.OP_READ);
      } else if (key.isReadable()) {
        read(channel, (Stream) key.attachment());
      }
    }
  }

  private void read(SocketChannel channel, Stream stream) throws IOException {
    buffer.clear();
    var count = channel.read(buffer);
    if (count < 0) throw new IOException("the shop ended a stream");
    if (!stream.waiting) return;
    var kept = stream.tail.length;
    System.arraycopy(stream.tail, 0, bytes, 0, kept);
    buffer.flip();
    var length = Math.min(buffer.remaining(), bytes.length - kept);
    buffer.get(bytes, kept, length);
    if (contains(kept + length)) {
      stream.heardAt = System.nanoTime();
      stream.waiting = false;
      stream.tail = new byte[0];
      heard++;
    } else {
      var end = kept + length;
      stream.tail = Arrays.copyOfRange(bytes, Math.max(0, end - marker.length), end);
    }
  }

  private boolean contains(int length) {
    for (var at = 0; at + marker.length <= length; at++) {
      if (bytes[at] == marker[0]
          && Arrays.equals(bytes, at, at + marker.length, marker, 0, marker.length)) return true;
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    for (var it : channels) it.close();
    selector.close();
  }
}
