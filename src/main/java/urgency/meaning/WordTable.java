package urgency.meaning;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The 30,522 word pieces of BERT in order of frequency, each with its direction in meaning: 128
 * numbers in a byte each, with a scale. Distilled from all-MiniLM-L6-v2 (Apache-2.0); see {@code
 * distill/}.
 */
final class WordTable {
  private static final String RESOURCE = "/meaning/meanings.bin";
  private static final int PIECES_MAX = 100_000;
  private static final int WIDTH_MAX = 1_024;

  /** Read once, when first asked for: 5 MB that a shop without trends never needs. */
  private static final class Holder {
    static final WordTable TABLE = read();
  }

  private final Map<String, Integer> pieces;
  private final float[] scales;
  private final byte[] rows;
  private final int width;

  private WordTable(Map<String, Integer> pieces, float[] scales, byte[] rows, int width) {
    this.pieces = pieces;
    this.scales = scales;
    this.rows = rows;
    this.width = width;
  }

  static WordTable get() {
    return Holder.TABLE;
  }

  int width() {
    return width;
  }

  /** The number of a piece, smaller for the more frequent; -1 for what is none. */
  int number(String piece) {
    return pieces.getOrDefault(piece, -1);
  }

  /** Adds the direction of a piece, so many times. */
  void addTo(double[] sum, int number, double weight) {
    var scale = scales[number] * weight;
    var from = number * width;
    for (var i = 0; i < width; i++) sum[i] += scale * rows[from + i];
  }

  private static WordTable read() {
    try (var resource = WordTable.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) throw new IllegalStateException("missing from the build: " + RESOURCE);
      var in = new DataInputStream(new BufferedInputStream(resource, 1 << 16));
      var count = within(in.readInt(), PIECES_MAX);
      var width = within(in.readInt(), WIDTH_MAX);
      var pieces = HashMap.<String, Integer>newHashMap(count);
      for (var i = 0; i < count; i++) pieces.put(in.readUTF(), i);
      var scales = new float[count];
      var rows = new byte[count * width];
      for (var i = 0; i < count; i++) {
        scales[i] = in.readFloat();
        in.readFully(rows, i * width, width);
      }
      return new WordTable(pieces, scales, rows, width);
    } catch (IOException damaged) {
      throw new UncheckedIOException("damaged: " + RESOURCE, damaged);
    }
  }

  private static int within(int value, int max) {
    if (value <= 0 || value > max) throw new IllegalStateException(RESOURCE + " says " + value);
    return value;
  }
}
