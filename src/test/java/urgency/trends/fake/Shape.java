package urgency.trends.fake;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Every shape in which TikTok's interfaces answer or used to. */
public enum Shape implements Play {
  HASHTAGS("creativeone_hashtag_list_anonymous", Place.HASHTAGS, "items"),
  YOUNG_NUMBERS("creativeone_hashtag_list_young_numbers", Place.HASHTAGS, "items"),
  NO_ROWS("creativeone_empty_ok", Place.HASHTAGS, "items"),
  INVALID_LOGIN("creativeone_invalid_login", Place.HASHTAGS, ""),
  RADAR_LIST("radar_v1_hashtag_list_retired", Place.HASHTAGS, "list"),
  RADAR_NO_PERMISSION("radar_v1_no_permission", Place.HASHTAGS, ""),
  RADAR_DEPRECATED("radar_v1_deprecated", Place.HASHTAGS, ""),
  RADAR_PRODUCTS("radar_v1_top_products_retired", Place.HASHTAGS, "list"),
  OVERVIEW("creativeone_top_contents_overview", Place.OVERVIEW, ""),
  VIDEOS("creativeone_top_contents_list", Place.VIDEOS, "entityInfos"),
  DISCOVERY("business_discovery_trending_list", Place.DISCOVERY, "list"),
  DISCOVERY_REFUSED("business_discovery_refused", Place.DISCOVERY, ""),
  PRODUCTS("shop_open_collaboration_products_search", Place.PRODUCTS, "products"),
  RENEWED_TOKEN("shop_token_refresh", Place.TOKEN, ""),
  EMBED("oembed_video", Place.EMBED, ""),
  VENDOR("vendor_rows", Place.VENDOR, "items");

  /** Where an interface is asked. */
  public enum Place {
    HASHTAGS("/CreativeOne/KnowledgeAPI/GetHashtagList"),
    OVERVIEW("/CreativeOne/Report/GetTopContentsOverview"),
    VIDEOS("/CreativeOne/Report/CreativeCenterGetTopContentsList"),
    DISCOVERY("/open_api/v1.3/discovery/trending_list/"),
    PRODUCTS("/open_collaborations/products/search"),
    TOKEN("/api/v2/token/refresh"),
    EMBED("/oembed"),
    VENDOR("/vendor/trends");

    final String path;

    Place(String path) {
      this.path = path;
    }

    static Place of(String path) {
      for (var it : values()) if (path.endsWith(it.path)) return it;
      return HASHTAGS;
    }

    /** What is served here when nothing else was laid ready. */
    Shape usual() {
      return switch (this) {
        case HASHTAGS -> Shape.HASHTAGS;
        case OVERVIEW -> Shape.OVERVIEW;
        case VIDEOS -> Shape.VIDEOS;
        case DISCOVERY -> Shape.DISCOVERY;
        case PRODUCTS -> Shape.PRODUCTS;
        case TOKEN -> Shape.RENEWED_TOKEN;
        case EMBED -> Shape.EMBED;
        case VENDOR -> Shape.VENDOR;
      };
    }
  }

  final String fixture;
  final Place place;

  /** Name of the array that holds the rows; empty when there is none. */
  final String list;

  Shape(String fixture, Place place, String list) {
    this.fixture = fixture;
    this.place = place;
    this.list = list;
  }

  /** The shape as it should be. */
  public byte[] bytes() {
    try (var in = Shape.class.getResourceAsStream("/tiktok/" + fixture + ".json")) {
      if (in == null) throw new IllegalStateException("no fixture " + fixture);
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Whether its envelope is that of the official interfaces or of radar v1. */
  boolean hasCode() {
    return name().startsWith("RADAR")
        || place == Place.DISCOVERY
        || place == Place.PRODUCTS
        || place == Place.TOKEN
        || place == Place.VENDOR;
  }
}
