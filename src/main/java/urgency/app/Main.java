package urgency.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;
import urgency.app.bars.EngineBars;
import urgency.platform.http.HttpSettings;
import urgency.scoring.backtest.Backtest;

/**
 * The shop as a process: settings are checked first, so that a mistake stops it with a sentence.
 */
@QuarkusMain
public final class Main implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger("urgency");
  private static final int MISTAKE = 2;

  private final HttpSettings http;
  private final OperatorLink link;

  @Inject
  Main(HttpSettings http, OperatorLink link) {
    this.http = http;
    this.link = link;
  }

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("backtest")) System.exit(backtest(args));
    if (args.length > 0 && args[0].equals("verify-claims")) System.exit(VerifyClaims.run(args));
    try {
      var settings = ShopSettings.read(System.getenv());
      if (args.length > 0 && args[0].equals("import")) System.exit(Import.run(settings, args));
      if (args.length > 0 && args[0].equals("replay")) System.exit(Replay.run(settings, args));
      if (args.length > 0 && args[0].equals("explain")) System.exit(Explain.run(settings, args));
      if (args.length > 0 && args[0].equals("trends")) {
        System.exit(TrendsCommand.run(settings, args));
      }
      if (args.length > 0 && args[0].equals("stripe-doctor")) {
        System.exit(StripeDoctor.run(settings));
      }
      if (args.length > 0 && args[0].equals("operator")) {
        System.exit(OperatorLink.run(settings, args));
      }
      refuseBusyPort(settings.http());
      tellQuarkus(settings);
      Opening.begin(settings.database());
    } catch (ShopSettings.Refused mistakes) {
      System.err.println(mistakes.getMessage());
      System.exit(MISTAKE);
    }
    Quarkus.run(Main.class, args);
  }

  @Override
  public int run(String... args) {
    LOG.infof("application ready after %d ms", ManagementFactory.getRuntimeMXBean().getUptime());
    LOG.infof("Urgency Shelf is open at %s", http.siteUrl());
    link.forFirstStart().ifPresent(it -> LOG.infof("Set the owner's password, once: %s", it));
    Quarkus.waitForExit();
    return 0;
  }

  // A command of its own: no shop, no database, only files and figures.
  private static int backtest(String[] args) {
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    var words = List.of(args).subList(1, args.length);
    var today = LocalDate.now(ZoneOffset.UTC);
    return Backtest.run(words, today, out, System.err, EngineBars::measure);
  }

  private static void tellQuarkus(ShopSettings settings) {
    var http = settings.http();
    // Loops that share a core only push each other off it: 70,000 answers a CPU-second with four
    // loops on two cores, 77,000 and more with one (docs/benchmarks).
    var loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    System.setProperty("quarkus.vertx.event-loops-pool-size", Integer.toString(loops));
    System.setProperty("quarkus.http.host", http.host());
    System.setProperty("quarkus.http.port", Integer.toString(http.port()));
    System.setProperty("quarkus.management.host", http.host());
    System.setProperty("quarkus.management.port", Integer.toString(http.managementPort()));
    System.setProperty(
        "quarkus.http.proxy.proxy-address-forwarding", Boolean.toString(http.behindProxy()));
    System.setProperty(
        "quarkus.log.console.json.enabled", Boolean.toString(settings.log().equals("json")));
  }

  private static void refuseBusyPort(HttpSettings http) {
    for (var port : new int[] {http.port(), http.managementPort()}) {
      try (var probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(new InetSocketAddress(InetAddress.getByName(http.host()), port));
      } catch (IOException busy) {
        throw new ShopSettings.Refused(
            List.of(
                "port %d is busy: another program, perhaps another shop, listens there."
                    .formatted(port),
                "Next step: URGENCY_HTTP_PORT=%d bin/run".formatted(http.port() + 1)));
      }
    }
  }
}
