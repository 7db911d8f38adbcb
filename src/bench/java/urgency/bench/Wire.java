package urgency.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One kept-alive HTTP/1.1 connection to this machine. Writes a request in one go and reads the
 * answer whole: nothing that a load driver would pay for and a browser would not.
 */
final class Wire implements AutoCloseable {
  private static final int TIMEOUT_MS = 60_000;
  private static final int LINE_MAX = 16_384;
  private static final int BODY_MAX = 4 << 20;

  private final int port;
  private Socket socket;
  private InputStream in;

  /** What came back; header names in lower case, the last of a name wins. */
  record Answer(int status, Map<String, String> headers, String body) {}

  Wire(int port) {
    this.port = port;
  }

  /** Sends and reads; a connection that the other side closed meanwhile is opened anew, once. */
  Answer send(String method, String path, String type, byte[] body, String... headers)
      throws IOException {
    var request = request(method, path, type, body, headers);
    if (socket != null) {
      try {
        return exchange(request);
      } catch (IOException closed) {
        close();
        // Only what carries a key of its own may be said twice; all that is sent here does.
      }
    }
    open();
    return exchange(request);
  }

  private Answer exchange(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    var start = line().split(" ", 3);
    var headers = new HashMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var status = Integer.parseInt(start[1]);
    var body = body(status, headers);
    if ("close".equalsIgnoreCase(headers.get("connection"))) close();
    return new Answer(status, headers, body);
  }

  private String body(int status, Map<String, String> headers) throws IOException {
    if (status == 204 || status == 304) return "";
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) return chunks();
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > BODY_MAX) throw new IOException("answer of " + length + " bytes");
    return new String(in.readNBytes(length), UTF_8);
  }

  private String chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      var size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
      if (size + body.size() > BODY_MAX) throw new IOException("answer is too long");
      body.write(in.readNBytes(size));
      line();
      if (size == 0) return body.toString(UTF_8);
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream(128);
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new EOFException("the connection was closed");
      if (line.size() > LINE_MAX) throw new IOException("line is too long");
      if (c != '\r') line.write(c);
    }
    return line.toString(ISO_8859_1);
  }

  private byte[] request(
      String method, String path, String type, byte[] body, String... headers) {
    var head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
    head.append(port).append("\r\n");
    if (!method.equals("GET")) {
      head.append("Content-Type: ").append(type);
      head.append("\r\nContent-Length: ").append(body.length).append("\r\n");
    }
    for (var i = 0; i < headers.length; i += 2) {
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    head.append("\r\n");
    var start = head.toString().getBytes(ISO_8859_1);
    var whole = new byte[start.length + body.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(body, 0, whole, start.length, body.length);
    return whole;
  }

  private void open() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    in = new BufferedInputStream(socket.getInputStream(), 8_192);
  }

  @Override
  public void close() {
    if (socket == null) return;
    try {
      socket.close();
    } catch (IOException closed) {
      // It is gone, which is what was wanted.
    }
    socket = null;
  }
}
