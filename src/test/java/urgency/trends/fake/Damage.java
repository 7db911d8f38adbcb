package urgency.trends.fake;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Damages a shape's text as relays, programmers and attackers do. The JDK alone, no parser. */
final class Damage {
  private static final String COUNTS =
      "publishCnt|vv|rankIndex|publish_cnt|video_views|posts|views|views_daily|units_sold"
          + "|videoViews|rank_position|lastWeeklyEndTimestamp|post|impression"
          + "|access_token_expire_in";
  private static final Pattern COUNT =
      Pattern.compile("(\"(?:" + COUNTS + ")\"\\s*:\\s*)\"?(-?[0-9]+)\"?");
  private static final Pattern ID =
      Pattern.compile("(\"(?:hashtagID|hashtag_id|itemID|id)\"\\s*:\\s*)\"?[0-9]{6,}\"?");
  private static final Pattern TIME =
      Pattern.compile(
          "(\"(?:timestamp|time|date|createTime|lastWeeklyEndTimestamp"
              + "|access_token_expire_in)\"\\s*:\\s*)"
              + "(\"[^\"]*\"|[0-9]+)");

  private Damage() {}

  static byte[] of(Shape shape, Fault fault) {
    var text = new String(shape.bytes(), StandardCharsets.UTF_8);
    var damaged =
        switch (fault) {
          case REFUSED_IN_200 -> refused(shape);
          case DEPRECATED -> deprecated(shape);
          case NO_LIST_KEY -> text.replace('"' + shape.list + "\":", "\"elsewhere\":");
          case NO_ROWS_OF_MANY -> noRows(shape, text);
          case ROUNDED_IDS -> rounded(text);
          case NUMBERS_AS_STRINGS -> COUNT.matcher(text).replaceAll("$1\"$2\"");
          case NOT_A_NUMBER -> COUNT.matcher(text).replaceAll("$1\"NaN\"");
          case BELOW_ZERO -> COUNT.matcher(text).replaceAll("$1-5");
          case TWICE -> twice(shape, text);
          case BACKWARDS -> backwards(text);
          default -> text;
        };
    return damaged.getBytes(StandardCharsets.UTF_8);
  }

  private static String refused(Shape shape) {
    return shape.hasCode()
        ? "{\"code\":40101,\"message\":\"no permission\",\"msg\":\"no permission\"}"
        : "{\"BaseResp\":{\"StatusCode\":38001001,\"StatusMessage\":\"InvalidLogin\"}}";
  }

  private static String deprecated(Shape shape) {
    return shape.hasCode()
        ? "{\"code\":0,\"message\":\"deprecated\",\"msg\":\"deprecated\"}"
        : "{\"BaseResp\":{\"StatusCode\":0,\"StatusMessage\":\"deprecated\"}}";
  }

  private static String noRows(Shape shape, String text) {
    var from = rows(shape, text);
    if (from < 0) return text;
    return text.substring(0, from) + text.substring(end(text, from, '[', ']') - 1);
  }

  private static String rounded(String text) {
    var number = new int[1];
    return ID.matcher(text).replaceAll(it -> it.group(1) + "\"76%014d000\"".formatted(++number[0]));
  }

  private static String twice(Shape shape, String text) {
    var from = rows(shape, text);
    var start = from < 0 ? -1 : text.indexOf('{', from);
    if (start < 0 || start > text.indexOf(']', from)) return text;
    var row = text.substring(start, end(text, start + 1, '{', '}'));
    return text.substring(0, start) + row + "," + text.substring(start);
  }

  // The last time of a row takes the place of its first; a time alone goes back before all time.
  private static String backwards(String text) {
    var times = TIME.matcher(text).results().toList();
    if (times.size() < 2 || text.contains("createTime") || text.contains("lastWeekly")) {
      return TIME.matcher(text).replaceAll("$11000");
    }
    var first = times.getFirst();
    var later = times.get(2);
    return text.substring(0, first.start(2)) + later.group(2) + text.substring(first.end(2));
  }

  private static int rows(Shape shape, String text) {
    if (shape.list.isEmpty()) return -1;
    var key = text.indexOf('"' + shape.list + '"');
    return key < 0 ? -1 : text.indexOf('[', key) + 1;
  }

  /** Behind the bracket that closes the one before {@code from}. */
  private static int end(String text, int from, char open, char close) {
    var depth = 1;
    for (var i = from; i < text.length(); i++) {
      if (text.charAt(i) == open) depth++;
      if (text.charAt(i) == close && --depth == 0) return i + 1;
    }
    throw new IllegalStateException("no end in " + text);
  }
}
