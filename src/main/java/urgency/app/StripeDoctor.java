package urgency.app;

import java.time.InstantSource;
import urgency.payments.stripe.Doctor;
import urgency.payments.stripe.Doctor.Finding;
import urgency.payments.stripe.Doctor.Level;

/** The tool {@code bin/stripe-doctor}: what to mend before Stripe and the shop do business. */
final class StripeDoctor {
  private static final int WELL = 0;
  private static final int ILL = 1;

  private StripeDoctor() {}

  /** Examines and says so; answers the exit status. */
  static int run(ShopSettings settings) {
    var site = settings.http().siteUrl();
    var now = InstantSource.system().instant();
    var findings = new Doctor(settings.payments(), site, now, StripeDoctor::say).examine();
    var ill = findings.stream().filter(it -> it.level() == Level.MEND).count();
    IO.println(ill == 0 ? "nothing to mend" : "%d to mend".formatted(ill));
    return ill == 0 ? WELL : ILL;
  }

  private static void say(Finding finding) {
    var sign =
        switch (finding.level()) {
          case FINE -> "ok  ";
          case LOOK -> "look";
          case MEND -> "MEND";
        };
    IO.println("%s  %s".formatted(sign, finding.what()));
    if (!finding.remedy().isEmpty()) IO.println("      -> " + finding.remedy());
  }
}
