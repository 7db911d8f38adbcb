package urgency.platform.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import urgency.platform.settings.Settings;

/**
 * Where the shop listens, and how the world reaches it.
 *
 * @param site the address that shoppers type; empty means {@code http://localhost:port}
 */
public record HttpSettings(
    String host,
    int port,
    int managementPort,
    Optional<URI> site,
    boolean behindProxy,
    int writesPerMinute,
    Path mediaFolder) {

  public static HttpSettings read(Settings in) {
    var site = in.text("site.url", "", "Address that shoppers type, such as https://shop.example.");
    var port = in.number("http.port", 8080, 1, 65_535, "Port of the shop.");
    var management =
        in.number(
            "management.port",
            0,
            0,
            65_535,
            "Port of health and metrics; 0 means http.port + 1000, or - 1000 above 64000.");
    return new HttpSettings(
        in.text("http.host", "127.0.0.1", "Interface to listen on; 0.0.0.0 for all."),
        port,
        management == 0 ? besides(port) : management,
        site.isBlank() ? Optional.empty() : Optional.of(URI.create(site)),
        in.flag(
            "http.behind-proxy",
            false,
            "Trust X-Forwarded-* headers; only behind a proxy that sets them itself."),
        in.number(
            "http.writes-per-minute",
            240,
            1,
            10_000_000,
            "Most forms and JSON bodies that one address may send in a minute."),
        mediaFolder(in));
  }

  /** Where a merchant's own pictures and clips lie; the catalogue looks there too. */
  public static Path mediaFolder(Settings in) {
    return Path.of(
        in.text(
            "media.folder",
            "data/media",
            "Pictures and clips of your own products, as named in an imported catalogue."));
  }

  private static int besides(int port) {
    return port > 64_000 ? port - 1_000 : port + 1_000;
  }

  /** The address in links that leave this process, without a trailing slash. */
  public String siteUrl() {
    return site.map(URI::toString).orElse("http://localhost:" + port).replaceAll("/+$", "");
  }

  /**
   * Where to send a browser next: an address of this shop becomes its path, so that a shopper who
   * came by another name of the shop stays there, with the cookies and the policy of that name.
   */
  public URI near(String address) {
    var ours = siteUrl() + "/";
    return URI.create(address.startsWith(ours) ? address.substring(ours.length() - 1) : address);
  }

  /** Whether shoppers come by https, so that cookies may insist on it. */
  public boolean secure() {
    return siteUrl().startsWith("https://");
  }
}
