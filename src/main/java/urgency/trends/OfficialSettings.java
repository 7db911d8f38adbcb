package urgency.trends;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import urgency.platform.settings.Settings;
import urgency.trends.TrendSettings.Pace;

/** TikTok's own interfaces, for those who have an account: each is on as soon as it can be. */
public record OfficialSettings(Business business, Shop shop) {
  private static final String CATEGORIES = "/trends/discovery-categories.txt";
  private static final int CATEGORIES_MAX = 20;
  private static final Pace PACE =
      new Pace(Duration.ofMillis(1500), Duration.ofSeconds(5), Duration.ofSeconds(15));

  /**
   * Trending hashtags with absolute daily views, from the Marketing API's Discovery.
   *
   * @param categories which of its 80 categories to ask about, one request each
   */
  public record Business(
      URI baseUrl, String accessToken, String advertiserId, List<String> categories, Pace pace) {
    public Business {
      categories = List.copyOf(categories);
    }

    /** Whether everything is there that it takes to ask. */
    public boolean enabled() {
      return !accessToken.isBlank() && !advertiserId.isBlank();
    }
  }

  /**
   * Products with units sold, from TikTok Shop's affiliate interface.
   *
   * @param accessToken empty when only a refresh token is given
   * @param authUrl where tokens are renewed
   * @param refreshToken what access tokens are renewed with; empty when they are not
   * @param shopCipher of a seller; empty for a creator
   * @param version year and month of the interface, such as 202405
   * @param categoryIds TikTok Shop categories to ask about; empty for all together
   * @param pagesMax pages to read per category
   */
  public record Shop(
      URI baseUrl,
      String appKey,
      String appSecret,
      String accessToken,
      URI authUrl,
      String refreshToken,
      String shopCipher,
      String version,
      List<String> categoryIds,
      int pagesMax,
      Pace pace) {
    public Shop {
      categoryIds = List.copyOf(categoryIds);
    }

    /** Whether everything is there that it takes to ask. */
    public boolean enabled() {
      return !appKey.isBlank() && !appSecret.isBlank() && (!accessToken.isBlank() || renews());
    }

    /** Whether the access token is renewed before it ends. */
    public boolean renews() {
      return !refreshToken.isBlank();
    }
  }

  static OfficialSettings read(Settings in) {
    return new OfficialSettings(business(in), shop(in));
  }

  private static Business business(Settings in) {
    var token =
        in.text(
            "trends.business.access-token",
            "",
            "Long-lived token of TikTok's Marketing API; with the advertiser id it turns on the"
                + " official hashtags and turns Creative Center off.");
    var advertiser =
        in.text("trends.business.advertiser-id", "", "The ad account that the token may read.");
    if (token.isBlank() != advertiser.isBlank()) {
      in.refuse(
          "trends.business: set both trends.business.access-token and"
              + " trends.business.advertiser-id, or neither");
    }
    if (!advertiser.isBlank() && !advertiser.strip().matches("[0-9]{1,32}")) {
      in.refuse("trends.business.advertiser-id: digits only, as the ad account shows them");
    }
    return new Business(
        in.address(
            "trends.business.base-url", "https://business-api.tiktok.com", "Where it is reached."),
        token.strip(),
        advertiser.strip(),
        categories(in),
        PACE);
  }

  private static Shop shop(Settings in) {
    var shop =
        new Shop(
            in.address(
                "trends.tiktok-shop.base-url",
                "https://open-api.tiktokglobalshop.com",
                "Where TikTok Shop's interface is reached."),
            in.text("trends.tiktok-shop.app-key", "", "Key of your TikTok Shop app.").strip(),
            in.text("trends.tiktok-shop.app-secret", "", "Its secret, which signs.").strip(),
            in.text(
                    "trends.tiktok-shop.access-token",
                    "",
                    "Token of an affiliate creator or seller; with key and secret it turns on the"
                        + " units sold of products.")
                .strip(),
            in.address(
                "trends.tiktok-shop.auth-url",
                "https://auth.tiktok-shops.com",
                "Where its tokens are renewed."),
            in.secret(
                "trends.tiktok-shop.refresh-token",
                "Renews the access token a day before it ends; then access-token may be left out."),
            in.text(
                    "trends.tiktok-shop.shop-cipher",
                    "",
                    "Cipher of a seller's shop; empty for a creator.")
                .strip(),
            in.text("trends.tiktok-shop.version", "202405", "Version of the interface, yyyymm.")
                .strip(),
            ids(in),
            in.number("trends.tiktok-shop.pages", 3, 1, 20, "Pages to read per category."),
            PACE);
    var given = 0;
    for (var it : List.of(shop.appKey(), shop.appSecret(), shop.accessToken())) {
      if (!it.isEmpty()) given++;
    }
    if (!shop.enabled() && (given != 0 || shop.renews())) {
      in.refuse(
          "trends.tiktok-shop: app-key, app-secret and access-token go together; set all three or"
              + " none (a refresh-token may stand in place of the access-token)");
    }
    if (!shop.version().matches("20[0-9]{2}(0[1-9]|1[0-2])")) {
      in.refuse("trends.tiktok-shop.version: year and month, such as 202405");
    }
    return shop;
  }

  private static List<String> categories(Settings in) {
    var words =
        TrendSettings.words(
            in.text(
                "trends.business.categories",
                "HOUSEHOLD_PRODUCTS,BEAUTY_AND_PERSONAL_CARE,GADGETS_AND_INNOVATION,"
                    + "HOME_AND_GARDEN,PET_CARE_AND_ACCESSORIES,OUTFITS,FOOD,SPORTS_AND_OUTDOOR,"
                    + "TOYS_COLLECTIBLES_AND_MEMORABILIA,BABY_KIDS_AND_MATERNITY",
                "Discovery categories to ask about, one request each."));
    var known = known();
    for (var word : words) {
      if (!known.contains(word)) {
        in.refuse(
            "trends.business.categories: '%s' is not a category; see docs/trends.md"
                .formatted(word));
      }
    }
    if (words.isEmpty() || words.size() > CATEGORIES_MAX) {
      in.refuse("trends.business.categories: name 1 to %d".formatted(CATEGORIES_MAX));
    }
    return List.copyOf(new java.util.LinkedHashSet<>(words));
  }

  private static List<String> ids(Settings in) {
    var ids = new ArrayList<String>();
    for (var word :
        TrendSettings.words(
            in.text(
                "trends.tiktok-shop.categories",
                "",
                "Numbers of TikTok Shop categories, as in 600024,601450; none asks for all."))) {
      if (!word.matches("[0-9]{1,20}")) {
        in.refuse("trends.tiktok-shop.categories: '%s' is not a number".formatted(word));
      }
      ids.add(word);
    }
    if (ids.size() > CATEGORIES_MAX) {
      in.refuse("trends.tiktok-shop.categories: at most %d".formatted(CATEGORIES_MAX));
    }
    return ids;
  }

  private static Set<String> known() {
    try (var in = OfficialSettings.class.getResourceAsStream(CATEGORIES)) {
      if (in == null) throw new IllegalStateException("the jar lacks " + CATEGORIES);
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new TreeSet<>(reader.lines().toList());
    } catch (IOException damaged) {
      throw new UncheckedIOException(CATEGORIES, damaged);
    }
  }
}
