package urgency.platform.http;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One body in every encoding we offer, ready to be sent any number of times.
 *
 * <p>The buffers are read-only and cannot be released, so that the same bytes go out on many
 * connections without a copy. Brotli needs a native library; where there is none, gzip serves.
 */
record Compressed(Variant identity, Optional<Variant> gzip, Optional<Variant> brotli) {
  private static final int NOT_WORTH_IT = 200;
  private static final boolean BROTLI = Brotli4jLoader.isAvailable();

  /** How hard to squeeze: a page is rendered often, a file once per start. */
  enum Effort {
    PAGE(6, 5),
    FILE(9, 11);

    final int gzip;
    final int brotli;

    Effort(int gzip, int brotli) {
      this.gzip = gzip;
      this.brotli = brotli;
    }
  }

  /** The bytes in one encoding, with the tag that names exactly these bytes. */
  record Variant(Buffer body, String length, String etag, Optional<String> encoding) {}

  static Compressed of(byte[] body, boolean text, Effort effort) {
    var hash = hash(body);
    var identity = variant(body, hash, Optional.empty());
    if (!text || body.length < NOT_WORTH_IT) {
      return new Compressed(identity, Optional.empty(), Optional.empty());
    }
    return new Compressed(
        identity,
        Optional.of(variant(gzip(body, effort.gzip), hash, Optional.of("gzip"))),
        BROTLI
            ? Optional.of(variant(brotli(body, effort.brotli), hash, Optional.of("br")))
            : Optional.empty());
  }

  /** The best variant that this {@code Accept-Encoding} admits. */
  Variant bestFor(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) return identity;
    if (brotli.isPresent() && admits(acceptEncoding, "br")) return brotli.get();
    if (gzip.isPresent() && admits(acceptEncoding, "gzip")) return gzip.get();
    return identity;
  }

  private static boolean admits(String header, String encoding) {
    var at = header.indexOf(encoding);
    if (at < 0) return false;
    var quality = header.indexOf(";q=0", at);
    if (quality != at + encoding.length()) return true;
    var after = quality + 4;
    return after < header.length()
        && header.charAt(after) == '.'
        && header.substring(after + 1).matches("0*[1-9].*");
  }

  @SuppressWarnings("deprecation") // The only way to send one off-heap buffer many times.
  private static Variant variant(byte[] body, String hash, Optional<String> encoding) {
    var buffer =
        Buffer.buffer(
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(body.length).writeBytes(body))
                .asReadOnly());
    var etag = '"' + hash + encoding.map(it -> "-" + it).orElse("") + '"';
    return new Variant(buffer, Integer.toString(body.length), etag, encoding);
  }

  private static String hash(byte[] body) {
    return HexFormat.of().formatHex(sha256(body), 0, 12);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] gzip(byte[] body, int level) {
    var out = new ByteArrayOutputStream(body.length / 3);
    try (var gzip = new LevelledGzip(out, level)) {
      gzip.write(body);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] brotli(byte[] body, int quality) {
    try {
      return Encoder.compress(body, Encoder.Parameters.create(quality));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static final class LevelledGzip extends GZIPOutputStream {
    LevelledGzip(ByteArrayOutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(Math.clamp(level, Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION));
    }
  }
}
