package urgency.payments.practice.bank;

import java.util.random.RandomGenerator;
import urgency.payments.TillSettings;

/** All that the till keeps books of, each kind of thing by itself. */
public record Bank(
    Store store,
    Deliveries deliveries,
    Events events,
    Wallet wallet,
    Goods goods,
    Endpoints endpoints,
    Intents intents,
    Sessions sessions,
    Refunds refunds,
    Disputes disputes,
    Clockwork clockwork) {
  /**
   * Books that stand on the database alone; any number of nodes may open them.
   *
   * @param site where payment pages are shown, without a trailing slash
   */
  public static Bank open(TillSettings manners, String site, RandomGenerator random) {
    var store = new Store();
    var deliveries = new Deliveries(manners, random);
    var events = new Events(deliveries);
    var wallet = new Wallet(store, events);
    var schedule = new Schedule();
    var charges = new Charges(store, events);
    var disputes = new Disputes(store, events);
    var intents = new Intents(store, events, charges, wallet, disputes, schedule, site);
    var sessions = new Sessions(store, events, intents, site);
    var refunds = new Refunds(store, events, wallet, schedule);
    return new Bank(
        store,
        deliveries,
        events,
        wallet,
        new Goods(store, events),
        new Endpoints(store),
        intents,
        sessions,
        refunds,
        disputes,
        new Clockwork(store, schedule, sessions, intents, refunds));
  }
}
