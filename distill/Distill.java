import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Makes the table of word meanings: each word piece, and each word of the trade that is none, goes
 * once through the sentence model, alone;
 * the mean over all is taken off, the 128 directions that vary most are kept, frequent pieces weigh
 * less, and each row is rounded to bytes with a scale of its own.
 *
 * <p>The same model file gives the same table, up to the last bit of a float.
 */
final class Distill {
  private static final String MODEL = "/all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";
  private static final int BEGIN = 101;
  private static final int END = 102;
  private static final int BATCH = 256;
  private static final int WIDTH = 384;
  private static final int KEPT = 128;
  private static final int SWEEPS_MAX = 30;

  /** Pieces before this one are marks, single signs and unused rows. */
  private static final int FIRST_FREQUENT = 1990;

  public static void main(String[] args) throws Exception {
    var pieces = words();
    var more = moreWords(pieces, Path.of(args[1]));
    System.err.println(pieces.length + " word pieces, " + more.size() + " words of the trade");
    var words = new ArrayList<>(List.of(pieces));
    words.addAll(more.keySet());
    var sequences = new ArrayList<int[]>();
    for (var i = 0; i < pieces.length; i++) sequences.add(new int[] {i});
    sequences.addAll(more.values());
    var rows = meanings(sequences);
    centre(rows);
    var directions = directions(covariance(rows));
    write(Path.of(args[0]), words.toArray(String[]::new), rows, directions);
  }

  private static String[] words() throws IOException {
    try (var in = Distill.class.getResourceAsStream(TOKENIZER)) {
      var vocabulary = new ObjectMapper().readTree(in).at("/model/vocab");
      var words = new String[vocabulary.size()];
      for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> it : vocabulary.properties()) {
        words[it.getValue().asInt()] = it.getKey();
      }
      return words;
    }
  }

  // Words of shops that the model knows only in pieces: as they stand in the names of categories.
  private static Map<String, int[]> moreWords(String[] pieces, Path categories)
      throws IOException {
    var numbers = new HashMap<String, Integer>();
    for (var i = 0; i < pieces.length; i++) numbers.put(pieces[i], i);
    var more = new TreeMap<String, int[]>();
    try (var in = new GZIPInputStream(Files.newInputStream(categories))) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
      for (var word : text.split("[^a-z]+")) {
        if (word.length() < 4 || word.length() > 24 || numbers.containsKey(word)) continue;
        more.put(word, pieces(word, numbers));
        if (word.endsWith("s") && !numbers.containsKey(word.substring(0, word.length() - 1))) {
          var one = word.substring(0, word.length() - 1);
          more.put(one, pieces(one, numbers));
        }
      }
    }
    more.values().removeIf(it -> it.length == 0);
    return more;
  }

  // Longest first, as the model's own tokenizer.
  private static int[] pieces(String word, Map<String, Integer> numbers) {
    var pieces = new ArrayList<Integer>();
    for (var start = 0; start < word.length(); ) {
      var end = word.length();
      var prefix = start == 0 ? "" : "##";
      while (end > start && !numbers.containsKey(prefix + word.substring(start, end))) end--;
      if (end == start) return new int[0];
      pieces.add(numbers.get(prefix + word.substring(start, end)));
      start = end;
    }
    return pieces.stream().mapToInt(it -> it).toArray();
  }

  private static double[][] meanings(List<int[]> sequences) throws IOException, OrtException {
    var rows = new double[sequences.size()][];
    var byLength = new TreeMap<Integer, List<Integer>>();
    for (var i = 0; i < rows.length; i++) {
      byLength.computeIfAbsent(sequences.get(i).length, _ -> new ArrayList<>()).add(i);
    }
    byte[] model;
    try (var in = Distill.class.getResourceAsStream(MODEL)) {
      model = in.readAllBytes();
    }
    var environment = OrtEnvironment.getEnvironment();
    try (var session = environment.createSession(model, new OrtSession.SessionOptions())) {
      for (var same : byLength.entrySet()) {
        for (var from = 0; from < same.getValue().size(); from += BATCH) {
          var batch =
              same.getValue().subList(from, Math.min(from + BATCH, same.getValue().size()));
          run(environment, session, sequences, batch, rows);
        }
        System.err.printf("%d of length %d%n", same.getValue().size(), same.getKey());
      }
    }
    return rows;
  }

  private static void run(
      OrtEnvironment environment,
      OrtSession session,
      List<int[]> sequences,
      List<Integer> batch,
      double[][] rows)
      throws OrtException {
    var length = sequences.get(batch.getFirst()).length + 2;
    var ids = new long[batch.size()][length];
    var ones = new long[batch.size()][length];
    var zeros = new long[batch.size()][length];
    for (var i = 0; i < ids.length; i++) {
      var pieces = sequences.get(batch.get(i));
      ids[i][0] = BEGIN;
      for (var k = 0; k < pieces.length; k++) ids[i][k + 1] = pieces[k];
      ids[i][length - 1] = END;
      Arrays.fill(ones[i], 1);
    }
    try (var input = OnnxTensor.createTensor(environment, ids);
        var mask = OnnxTensor.createTensor(environment, ones);
        var types = OnnxTensor.createTensor(environment, zeros);
        var result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      var hidden = (float[][][]) result.get(0).getValue();
      for (var i = 0; i < ids.length; i++) rows[batch.get(i)] = mean(hidden[i]);
    }
  }

  private static double[] mean(float[][] tokens) {
    var mean = new double[WIDTH];
    for (var token : tokens) {
      for (var k = 0; k < WIDTH; k++) mean[k] += token[k] / tokens.length;
    }
    return mean;
  }

  private static void centre(double[][] rows) {
    var mean = new double[WIDTH];
    for (var row : rows) {
      for (var k = 0; k < WIDTH; k++) mean[k] += row[k] / rows.length;
    }
    for (var row : rows) {
      for (var k = 0; k < WIDTH; k++) row[k] -= mean[k];
    }
  }

  private static double[][] covariance(double[][] rows) {
    var covariance = new double[WIDTH][WIDTH];
    for (var row : rows) {
      for (var i = 0; i < WIDTH; i++) {
        for (var k = 0; k <= i; k++) covariance[i][k] += row[i] * row[k];
      }
    }
    for (var i = 0; i < WIDTH; i++) {
      for (var k = 0; k < i; k++) covariance[k][i] = covariance[i][k];
    }
    return covariance;
  }

  // Jacobi's rotations; the eigenvectors of the largest eigenvalues, a direction to a row.
  private static double[][] directions(double[][] a) {
    var v = new double[WIDTH][WIDTH];
    for (var i = 0; i < WIDTH; i++) v[i][i] = 1;
    for (var sweep = 0; sweep < SWEEPS_MAX; sweep++) {
      var off = 0.0;
      for (var p = 0; p < WIDTH; p++) {
        for (var q = p + 1; q < WIDTH; q++) {
          off += a[p][q] * a[p][q];
          rotate(a, v, p, q);
        }
      }
      System.err.printf("sweep %d, off the diagonal %.3g%n", sweep, off);
      if (off < 1e-12) break;
    }
    var order = new Integer[WIDTH];
    for (var i = 0; i < WIDTH; i++) order[i] = i;
    Arrays.sort(order, (x, y) -> Double.compare(a[y][y], a[x][x]));
    var kept = new double[KEPT][WIDTH];
    var all = 0.0;
    var explained = 0.0;
    for (var i = 0; i < WIDTH; i++) {
      all += a[order[i]][order[i]];
      if (i >= KEPT) continue;
      explained += a[order[i]][order[i]];
      for (var k = 0; k < WIDTH; k++) kept[i][k] = v[k][order[i]];
    }
    System.err.printf("%d directions keep %.1f %% of the variance%n", KEPT, 100 * explained / all);
    return kept;
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (Math.abs(a[p][q]) < 1e-300) return;
    var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    var t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    var c = 1 / Math.sqrt(t * t + 1);
    var s = t * c;
    for (var k = 0; k < WIDTH; k++) {
      var x = a[k][p];
      var y = a[k][q];
      a[k][p] = c * x - s * y;
      a[k][q] = s * x + c * y;
    }
    for (var k = 0; k < WIDTH; k++) {
      var x = a[p][k];
      var y = a[q][k];
      a[p][k] = c * x - s * y;
      a[q][k] = s * x + c * y;
    }
    for (var k = 0; k < WIDTH; k++) {
      var x = v[k][p];
      var y = v[k][q];
      v[k][p] = c * x - s * y;
      v[k][q] = s * x + c * y;
    }
  }

  private static void write(Path file, String[] words, double[][] rows, double[][] directions)
      throws IOException {
    try (var out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(words.length);
      out.writeInt(KEPT);
      for (var word : words) out.writeUTF(word);
      for (var i = 0; i < words.length; i++) {
        var weight = Math.log(1 + Math.max(0, i - FIRST_FREQUENT));
        var row = new double[KEPT];
        var largest = 0.0;
        for (var d = 0; d < KEPT; d++) {
          for (var k = 0; k < WIDTH; k++) row[d] += directions[d][k] * rows[i][k];
          row[d] *= weight;
          largest = Math.max(largest, Math.abs(row[d]));
        }
        var scale = largest / 127;
        out.writeFloat((float) scale);
        for (var d = 0; d < KEPT; d++) {
          out.writeByte(scale == 0 ? 0 : (int) Math.rint(row[d] / scale));
        }
      }
    }
  }
}
