package urgency.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import urgency.platform.settings.Settings;
import urgency.trends.VendorSettings.Field;

/** What a vendor's settings may be; what they may not be is refused with its name and a remedy. */
class VendorSettingsTest {
  @TempDir Path folder;

  @Test
  void it_is_off_until_there_is_an_address() {
    assertThat(read(Map.of()).enabled()).isFalse();
    assertThat(mistakes(Map.of())).isEmpty();
  }

  @Test
  void a_map_is_read_as_it_is_written() {
    var fields = "name = /a~1b/0, views=/stats/a,b ,daily=/d,\n day=/x,count=/y~0";
    var settings = read(Map.of("URL", "https://vendor.example/a?c={region}", "FIELDS", fields));

    assertThat(settings.enabled()).isTrue();
    assertThat(settings.byRegion()).isTrue();
    assertThat(settings.fields()).hasSize(5);
    assertThat(String.valueOf(settings.fields().get(Field.NAME))).isEqualTo("/a~1b/0");
    assertThat(String.valueOf(settings.fields().get(Field.VIEWS))).isEqualTo("/stats/a,b");
    assertThat(mistakes(Map.of("URL", "http://127.0.0.1:8765/x", "FIELDS", fields))).isEmpty();
  }

  @Test
  void what_is_wrong_with_a_map_is_said_by_its_name_with_the_remedy() {
    refused("FIELDS", "nmae=/t", "trends.vendor.fields: 'nmae' is no field; did you mean name?");
    refused("FIELDS", "views=/v", "trends.vendor.fields: name is missing");
    refused("FIELDS", "name=title", "'title' is no JSON pointer; begin it with /, as in /title");
    refused("FIELDS", "name=a.b", "begin it with /, as in /a/b");
    refused("FIELDS", "name=/a~2", "write ~ as ~0, and / within a name as ~1");
    refused("FIELDS", "name=/a~", "write ~ as ~0");
    refused("FIELDS", "name=", "trends.vendor.fields: name has no place");
    refused("FIELDS", "name", "'name' has no place; write it as name=/somewhere");
    refused("FIELDS", "name=/a,name=/b", "trends.vendor.fields: name comes twice");
    refused("FIELDS", "name=/a,day=/b", "trends.vendor.fields: day and count are places in a day");
    refused("FIELDS", "name=/author/name", "'/author/name' is about a person");
    refused("ROWS", "data.items", "trends.vendor.rows: 'data.items' is no JSON pointer");
    refused("REGION", "XX", "trends.vendor.region: a country such as US, or ZZ");
    refused("KIND", "gossip", "URGENCY_TRENDS_VENDOR_KIND: 'gossip' is not valid");
    refused("HEADER", "Authorization", "trends.vendor.secret-file go together");
  }

  @Test
  void an_address_must_be_secret_on_its_way_unless_it_is_here() {
    for (var it : List.of("http://vendor.example/", "ftp://x/", "vendor.example", "https:///x")) {
      refused("URL", it, "trends.vendor.url: an address that begins with https://");
    }
    refused("URL", "https://me:secret@vendor.example/", "trends.vendor.url: no user");
    refused("URL", "https://vendor.example/{country}", "trends.vendor.url: this is not an address");
    refused("URL", "https://vendor.example/a b", "trends.vendor.url: this is not an address");
  }

  @Test
  void a_secret_comes_from_a_file() throws IOException {
    var file = Files.writeString(folder.resolve("secret"), "Bearer 0123456789\n");
    var good = with("HEADER", "Authorization", "SECRET_FILE", file.toString());
    assertThat(mistakes(good)).isEmpty();
    assertThat(read(good).secret()).isEqualTo("Bearer 0123456789");

    Files.writeString(file, "two\nlines");
    assertThat(mistakes(good))
        .anyMatch(it -> it.contains("trends.vendor.secret-file: the file must hold one line"))
        .noneMatch(it -> it.contains("two"));
    assertThat(mistakes(with("HEADER", "X-Key", "SECRET_FILE", folder + "/none")))
        .anyMatch(it -> it.contains("trends.vendor.secret-file: cannot be read"));
    assertThat(mistakes(with("HEADER", "Host", "SECRET_FILE", file.toString())))
        .anyMatch(it -> it.contains("trends.vendor.header: the name of a header"));
  }

  @Test
  void a_map_without_an_address_is_refused() {
    assertThat(mistakes(Map.of("FIELDS", "name=/a")))
        .singleElement()
        .asString()
        .contains("set trends.vendor.url too");
  }

  private static Map<String, String> with(String... pairs) {
    var given = new HashMap<>(Map.of("URL", "https://vendor.example/", "FIELDS", "name=/a"));
    for (var i = 0; i < pairs.length; i += 2) given.put(pairs[i], pairs[i + 1]);
    return given;
  }

  private static void refused(String key, String value, String why) {
    assertThat(mistakes(with(key, value))).as(value).anyMatch(it -> it.contains(why));
  }

  private static VendorSettings read(Map<String, String> given) {
    return TrendSettings.read(in(given)).vendor();
  }

  private static List<String> mistakes(Map<String, String> given) {
    var in = in(given);
    TrendSettings.read(in);
    return in.refuseWhatNobodyAskedFor();
  }

  private static Settings in(Map<String, String> given) {
    var environment = new HashMap<String, String>();
    given.forEach((key, value) -> environment.put("URGENCY_TRENDS_VENDOR_" + key, value));
    return Settings.read(environment, Optional.empty());
  }
}
