package urgency.scenario;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A shopper's phone: a real headless Chromium, 390 by 844, that remembers what its console said.
 */
final class Phone implements AutoCloseable {
  private static final int WIDTH = 390;
  private static final int HEIGHT = 844;

  // What must come about on a page has as long as a tap has to find its button.
  private static final double SOON_MS = 30_000;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  /** One browser for all phones of this process: to start one takes longer than most tests. */
  private static final class Shared {
    static final Browser BROWSER = launch();

    // The driver ends with the process, and takes the browser along.
    private static Browser launch() {
      PlaywrightAssertions.setDefaultAssertionTimeout(SOON_MS);
      var silent = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
      var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(silent));
      var options =
          new BrowserType.LaunchOptions()
              .setExecutablePath(chromium())
              .setArgs(
                  List.of(
                      "--no-sandbox",
                      "--disable-gpu",
                      "--disable-quic",
                      "--disable-background-networking",
                      "--disable-component-update",
                      "--disable-sync"));
      return playwright.chromium().launch(options);
    }
  }

  private Phone(boolean script) {
    context =
        Shared.BROWSER.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(WIDTH, HEIGHT)
                .setHasTouch(true)
                // With script off, Chromium's driver never ends a transition between documents.
                .setReducedMotion(script ? ReducedMotion.NO_PREFERENCE : ReducedMotion.REDUCE)
                .setJavaScriptEnabled(script));
    page = context.newPage();
    page.onConsoleMessage(this::hear);
    page.onPageError(it -> complaints.add(it + " on " + page.url()));
  }

  static Phone withScript() {
    return new Phone(true);
  }

  static Phone withoutScript() {
    return new Phone(false);
  }

  Page page() {
    return page;
  }

  /** Errors that the console showed so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
  }

  private void hear(ConsoleMessage message) {
    if (message.type().equals("error"))
      complaints.add(message.text() + " " + message.location() + " on " + page.url());
  }

  private static Path chromium() {
    return Stream.of(
            "chromium-headless-shell",
            "chromium",
            "chromium-browser",
            "google-chrome-stable",
            "google-chrome")
        .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(it -> Path.of(it, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Chromium on the path; bin/test installs it"));
  }
}
