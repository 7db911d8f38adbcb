package urgency.platform.sql;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Bytes as they went over the wire, in gzip. */
public final class Packed {
  private static final int LENGTH_MAX = 8 << 20;

  private Packed() {}

  public static byte[] pack(byte[] plain) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return bytes.toByteArray();
  }

  /** What {@link #pack} packed; anything else is an {@code IllegalStateException}. */
  public static byte[] unpack(byte[] packed) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return gzip.readNBytes(LENGTH_MAX);
    } catch (IOException damaged) {
      throw new IllegalStateException("recorded bytes are damaged", damaged);
    }
  }
}
