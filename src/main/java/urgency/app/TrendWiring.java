package urgency.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import org.jboss.logging.Logger;
import urgency.platform.sql.Database;
import urgency.trends.Sources;
import urgency.trends.TrendSettings;
import urgency.trends.TrendSource;
import urgency.trends.business.BusinessSource;
import urgency.trends.creativecenter.CreativeCenterSource;
import urgency.trends.creativecenter.VideoSource;
import urgency.trends.ownshop.OwnShopSource;
import urgency.trends.recorded.RecordedSource;
import urgency.trends.tiktokshop.KeptTokens;
import urgency.trends.tiktokshop.TikTokShopSource;
import urgency.trends.vendor.VendorSource;

/** Which trend sources a shop asks, by its settings; the same for the shop and for its tools. */
final class TrendWiring {
  private static final Logger LOG = Logger.getLogger(TrendWiring.class);

  private TrendWiring() {}

  /**
   * Official sources where there are keys; Creative Center where it was accepted and nothing
   * official tells of hashtags; a vendor where there is an address; recorded demo data where nobody
   * tells anything; and always the shop itself.
   */
  static Sources sources(TrendSettings settings, InstantSource clock, Database database) {
    var sources = new ArrayList<TrendSource>();
    var official = settings.official();
    var creativeCenter = settings.creativeCenter();
    if (official.business().enabled()) {
      sources.add(new BusinessSource(official.business(), cadence(settings, "business"), clock));
      if (creativeCenter.enabled()) {
        LOG.infof("trends: the official interface is set up, so Creative Center is not asked");
      }
    } else if (creativeCenter.enabled()) {
      LOG.infof(
          "trends come from %s: public and undocumented, not offered by TikTok's terms as an API;"
              + " enabled and accepted by this shop's operator; nothing personal is kept",
          creativeCenter.baseUrl());
      sources.add(
          new CreativeCenterSource(creativeCenter, cadence(settings, "creative-center"), clock));
      if (creativeCenter.videos()) {
        sources.add(
            new VideoSource(creativeCenter, cadence(settings, "creative-center-videos"), clock));
      }
    }
    if (official.shop().enabled()) {
      sources.add(
          new TikTokShopSource(
              official.shop(), new KeptTokens(database), cadence(settings, "tiktok-shop"), clock));
    }
    if (settings.vendor().enabled()) {
      sources.add(new VendorSource(settings.vendor(), cadence(settings, VendorSource.ID), clock));
    }
    if (sources.isEmpty()) sources.add(new RecordedSource(cadence(settings, "recorded")));
    sources.add(new OwnShopSource(database));
    return new Sources(sources);
  }

  private static Duration cadence(TrendSettings settings, String source) {
    return settings.rhythms().of(source).cadence();
  }
}
