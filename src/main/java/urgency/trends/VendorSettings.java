package urgency.trends;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import urgency.platform.settings.Likeness;
import urgency.platform.settings.Settings;
import urgency.trends.TrendObservation.Kind;
import urgency.trends.TrendSettings.Pace;

/**
 * One address of somebody else that answers with JSON, and where in it the fields are.
 *
 * @param url with {@code {region}} and {@code {window}} where those go; empty turns the source off
 * @param body posted as JSON, with the same places; empty asks with GET
 * @param region what the list is about where neither address nor body has {@code {region}}
 * @param rows where the array of rows is in the answer, as RFC 6901 has it
 * @param fields where each field is in a row; {@link Field#DAY} and {@link Field#COUNT} in a day
 * @param header name of the header that carries the secret; empty sends none
 */
public record VendorSettings(
    String url,
    String body,
    String region,
    Kind kind,
    JsonPointer rows,
    Map<Field, JsonPointer> fields,
    String header,
    String secret,
    Pace pace) {
  private static final String PREFIX = "trends.vendor.";
  private static final String URL = PREFIX + "url";
  private static final String ROWS = PREFIX + "rows";
  private static final String FIELDS = PREFIX + "fields";
  private static final String HEADER = PREFIX + "header";
  private static final String SECRET_FILE = PREFIX + "secret-file";
  private static final int SECRET_MAX = 8_192;
  private static final String REGION_PLACE = "{region}";
  private static final String WINDOW_PLACE = "{window}";

  // Only where a field follows: a name within a pointer may hold a comma.
  private static final String NEXT_FIELD = ",(?=\\s*[A-Za-z]+\\s*=)";

  /** What of an observation a vendor can be asked for. */
  public enum Field {
    NAME("name"),
    ID("id"),
    RANK("rank"),
    RANK_CHANGE("rankChange"),
    POSTS("posts"),
    VIEWS("views"),
    POSTS_LIFETIME("postsLifetime"),
    VIEWS_LIFETIME("viewsLifetime"),
    UNITS_SOLD("unitsSold"),
    AS_OF("asOf"),
    CATEGORY("category"),
    LINK("link"),
    /** An array of days, oldest first: numbers, or objects with the two fields below. */
    DAILY("daily"),
    DAY("day"),
    COUNT("count");

    private final String word;

    Field(String word) {
      this.word = word;
    }

    /** As it is written in the settings. */
    public String word() {
      return word;
    }

    static List<String> words() {
      return List.of(values()).stream().map(Field::word).toList();
    }
  }

  public VendorSettings {
    fields = Map.copyOf(fields);
  }

  /** Whether there is an address to ask. */
  public boolean enabled() {
    return !url.isEmpty();
  }

  /** Whether the list is asked for country by country. */
  public boolean byRegion() {
    return (url + body).contains(REGION_PLACE);
  }

  /** The address or the body with region and window in their places. */
  public static String filled(String text, String region, int windowDays) {
    return text.replace(REGION_PLACE, region).replace(WINDOW_PLACE, Integer.toString(windowDays));
  }

  static VendorSettings read(Settings in) {
    var url =
        in.text(
                URL,
                "",
                "Address of a vendor's list of trends in JSON, {region} and {window} in place;"
                    + " turns this source on.")
            .strip();
    var body =
        in.text(PREFIX + "body", "", "JSON that is posted there; empty asks with GET.").strip();
    var region =
        in.text(PREFIX + "region", "ZZ", "Country of the list when {region} is not asked for.")
            .strip();
    var kind =
        in.choice(
            PREFIX + "kind",
            "hashtag",
            List.of("hashtag", "keyword", "category", "product", "video", "sound"),
            "What the rows are names of.");
    var rows = in.text(ROWS, "", "JSON pointer to the array of rows; empty is the whole answer.");
    var fields =
        in.text(
            FIELDS,
            "",
            "Where each field is in a row, as in name=/title,views=/stats/views; see"
                + " docs/trends.md.");
    var header = in.text(HEADER, "", "Name of the header that carries the secret.").strip();
    var file = in.text(SECRET_FILE, "", "A file with the value of that header and nothing else.");
    var readMax =
        in.duration(
            PREFIX + "read-timeout",
            Duration.ofSeconds(15),
            Duration.ofMillis(10),
            Duration.ofMinutes(10),
            "Longest wait for a whole answer.");
    if (!TrendSettings.isRegion(region)) {
      in.refuse(PREFIX + "region: a country such as US, or ZZ for the world");
    }
    var settings =
        new VendorSettings(
            url,
            body,
            region,
            Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
            pointer(in, ROWS, "", rows.strip()),
            fields(in, fields),
            header,
            secret(in, file.strip()),
            new Pace(Duration.ofMillis(1500), Duration.ofSeconds(5), readMax));
    check(in, settings);
    return settings;
  }

  private static void check(Settings in, VendorSettings it) {
    if (!it.enabled()) {
      if (!it.fields().isEmpty()) {
        in.refuse(
            FIELDS + ": there is nothing to read; set trends.vendor.url too, or leave it out");
      }
      return;
    }
    address(in, it);
    if (!it.fields().containsKey(Field.NAME)) {
      in.refuse(FIELDS + ": name is missing; say where it is, as in name=/title");
    }
    var days = it.fields().containsKey(Field.DAY) || it.fields().containsKey(Field.COUNT);
    if (days && !it.fields().containsKey(Field.DAILY)) {
      in.refuse(
          FIELDS
              + ": day and count are places in a day; say where the days are, as in"
              + " daily=/history");
    }
    if (it.header().isEmpty() != it.secret().isEmpty()) {
      in.refuse(PREFIX + "header and " + SECRET_FILE + " go together; set both or neither");
    }
    if (!it.header().matches("[A-Za-z0-9-]{0,60}") || isOurs(it.header())) {
      in.refuse(HEADER + ": the name of a header that is yours to set, such as Authorization");
    }
  }

  private static boolean isOurs(String header) {
    return List.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "upgrade",
            "accept",
            "user-agent",
            "transfer-encoding")
        .contains(header.toLowerCase(Locale.ROOT));
  }

  // Nothing is asked for in the clear, except of this very machine.
  private static void address(Settings in, VendorSettings it) {
    try {
      var uri = new URI(filled(it.url(), "US", 7));
      var here = uri.getHost() != null && isHere(uri.getHost());
      if (uri.getHost() == null
          || !("https".equals(uri.getScheme()) || (here && "http".equals(uri.getScheme())))) {
        in.refuse(URL + ": an address that begins with https://; http:// only on this machine");
      } else if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
        in.refuse(URL + ": no user and no # in it; a secret goes into " + SECRET_FILE);
      }
    } catch (URISyntaxException malformed) {
      in.refuse(
          URL
              + ": this is not an address; write what it cannot hold as %20, and only {region}"
              + " and {window} in braces");
    }
  }

  private static boolean isHere(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
  }

  private static Map<Field, JsonPointer> fields(Settings in, String text) {
    var fields = new EnumMap<Field, JsonPointer>(Field.class);
    if (text.isBlank()) return fields;
    for (var pair : text.split(NEXT_FIELD, -1)) {
      var at = pair.indexOf('=');
      var word = (at < 0 ? pair : pair.substring(0, at)).strip();
      var field = field(word);
      if (at < 0) {
        in.refuse(FIELDS + ": '%s' has no place; write it as %s=/somewhere".formatted(word, word));
      } else if (field.isEmpty()) {
        in.refuse(
            FIELDS
                + ": '%s' is no field; did you mean %s? There are %s"
                    .formatted(word, nearest(word), String.join(", ", Field.words())));
      } else if (fields.containsKey(field.get())) {
        in.refuse(FIELDS + ": %s comes twice; leave one".formatted(word));
      } else {
        fields.put(field.get(), place(in, word, pair.substring(at + 1).strip()));
      }
    }
    return fields;
  }

  private static JsonPointer place(Settings in, String word, String text) {
    if (text.isEmpty()) {
      in.refuse(FIELDS + ": %s has no place; write it as %s=/somewhere".formatted(word, word));
    }
    var pointer = pointer(in, FIELDS, word + ": ", text);
    for (var it = pointer; it != null && !it.matches(); it = it.tail()) {
      if (TrendObservation.isPersonal(it.getMatchingProperty())) {
        in.refuse(
            FIELDS
                + ": %s: '%s' is about a person and is dropped unread; name another place"
                    .formatted(word, text));
      }
    }
    return pointer;
  }

  private static Optional<Field> field(String word) {
    for (var it : Field.values()) if (it.word().equals(word)) return Optional.of(it);
    return Optional.empty();
  }

  private static String nearest(String word) {
    var nearest = Field.NAME.word();
    for (var it : Field.words()) {
      if (Likeness.distance(it, word) < Likeness.distance(nearest, word)) nearest = it;
    }
    return nearest;
  }

  private static JsonPointer pointer(Settings in, String key, String what, String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      in.refuse(
          "%s: %s'%s' is no JSON pointer; begin it with /, as in /%s"
              .formatted(key, what, text, text.replace('.', '/')));
      return JsonPointer.empty();
    }
    if (text.matches("(?s).*~([^01].*|$)")) {
      in.refuse(
          "%s: %s'%s' is no JSON pointer; write ~ as ~0, and / within a name as ~1"
              .formatted(key, what, text));
      return JsonPointer.empty();
    }
    return JsonPointer.compile(text);
  }

  private static String secret(Settings in, String file) {
    if (file.isEmpty()) return "";
    try (var bytes = Files.newInputStream(Path.of(file))) {
      var text = new String(bytes.readNBytes(SECRET_MAX), StandardCharsets.UTF_8).strip();
      if (!text.matches("[\\x20-\\x7e]+")) {
        in.refuse(SECRET_FILE + ": the file must hold one line with the header's value, in ASCII");
        return "";
      }
      return text;
    } catch (IOException | InvalidPathException unreadable) {
      in.refuse(
          SECRET_FILE
              + ": cannot be read (%s); check the path and its permissions"
                  .formatted(unreadable.getClass().getSimpleName()));
      return "";
    }
  }
}
