package urgency.payments.practice.bank;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import urgency.payments.practice.wire.Cause;
import urgency.payments.practice.wire.Ids;
import urgency.payments.practice.wire.Json;
import urgency.payments.practice.wire.Page;
import urgency.payments.practice.wire.Params;
import urgency.payments.practice.wire.Refusal;

/**
 * The till's payment pages, and the only ways in which one changes: from open to complete or to
 * expired, once. Each change leaves its event in the same transaction.
 */
public final class Sessions {
  private static final int SWEEP_MAX = 100;
  private static final int ID_LENGTH = 58;
  private static final Pattern ID = Pattern.compile("cs_test_[A-Za-z0-9]{1,80}");

  private static final String INSERT =
      """
      insert into practice.session
             (id, status, payment_status, created, expires_at, amount, currency, wish, url)
      values (:id, 'open', 'unpaid', :created, :expires_at, :amount, :currency, :wish::jsonb, :url)
      returning *
      """;

  private static final String FIND = "select * from practice.session where id = :id";

  private static final String LOCK = FIND + " for update";

  private static final String FIND_INTENT =
      "select * from practice.session where payment_intent = :intent";

  private static final String LIST =
      """
      select *
        from practice.session
       where (:status = '' or status = :status)
         and (:intent = '' or payment_intent = :intent)
      """;

  private static final String TRIED =
      "update practice.session set payment_intent = :intent where id = :id returning *";

  private static final String COMPLETE =
      """
      update practice.session
         set status = 'complete', payment_status = :payment_status
       where id = :id
      returning *
      """;

  private static final String EXPIRE =
      """
      update practice.session
         set status = 'expired'
       where id = :id
         and status = 'open'
      returning *
      """;

  private static final String EXPIRE_DUE =
      """
      update practice.session
         set status = 'expired'
       where id in (select id
                      from practice.session
                     where status = 'open'
                       and expires_at <= :now
                     limit :max
                       for update skip locked)
      returning *
      """;

  private final Store store;
  private final Events events;
  private final Intents intents;
  private final String site;

  /**
   * @param site where the pages are shown, without a trailing slash
   */
  Sessions(Store store, Events events, Intents intents, String site) {
    this.store = store;
    this.events = events;
    this.intents = intents;
    this.site = site;
  }

  public Session create(Handle tx, Params params, Cause cause) {
    var wish = Wish.parse(tx, store, params);
    var expiresAt = Wish.expiresAt(params, cause.at());
    var id = Ids.fresh("cs_test_", ID_LENGTH);
    return tx.createQuery(INSERT)
        .bind("id", id)
        .bind("created", cause.at().atOffset(ZoneOffset.UTC))
        .bind("expires_at", expiresAt.atOffset(ZoneOffset.UTC))
        .bind("amount", wish.amount())
        .bind("currency", wish.currency())
        .bind("wish", Json.text(wish))
        .bind("url", site + "/c/pay/" + id)
        .map((row, _) -> session(row))
        .one();
  }

  public Optional<Session> find(Handle tx, String id) {
    return one(tx, FIND, id);
  }

  /**
   * The session of this id.
   *
   * @throws Refusal when there is none
   */
  public Session get(Handle tx, String id) {
    return find(tx, id).orElseThrow(() -> Refusal.noSuch(SessionShape.KIND, "session", id));
  }

  public Optional<Session> byIntent(Handle tx, String intent) {
    return tx.createQuery(FIND_INTENT)
        .bind("intent", intent)
        .map((row, _) -> session(row))
        .findOne();
  }

  /** Newest first, one more than asked for when there are more; empty texts do not narrow. */
  public List<Session> list(Handle tx, String status, String intent, Page page) {
    for (var cursor : List.of(page.after(), page.before())) {
      if (!cursor.isEmpty()) get(tx, cursor);
    }
    return page.bind(
            tx.createQuery(LIST + page.clause("practice.session"))
                .bind("status", status)
                .bind("intent", intent))
        .map((row, _) -> session(row))
        .list();
  }

  public List<ObjectNode> lines(Handle tx, Session session) {
    var prices =
        session.wish().lines().stream()
            .map(
                it ->
                    it.priceId().isEmpty()
                        ? Optional.<ObjectNode>empty()
                        : store.find(tx, it.priceId()))
            .toList();
    return SessionShape.lines(session, prices);
  }

  /**
   * The shopper tries to pay. What became of it is in the session that comes back, and in its
   * payment; empty when the page is not open any more.
   */
  public Optional<Session> pay(Handle tx, String id, ObjectNode method, Cause cause) {
    var open = one(tx, LOCK, id).filter(it -> it.isOpen(cause.at()));
    if (open.isEmpty()) return Optional.empty();
    var session = open.get();
    if (session.wish().amount() == 0) {
      return Optional.of(complete(tx, session, "no_payment_required", cause));
    }
    var intent =
        session
            .intent()
            .map(it -> store.lock(tx, Intents.KIND, "intent", it))
            .orElseGet(() -> intents.open(tx, wanted(session), session.id(), cause));
    var tried = tried(tx, session, intent);
    intents.choose(tx, intent, method);
    intents.confirm(tx, intent, cause);
    return Optional.of(follow(tx, tried, intent, cause));
  }

  /** The shopper says where a receipt can go, while the page is open. */
  public void reach(Handle tx, String id, String email) {
    tx.createUpdate("update practice.session set email = :email where id = :id and status = 'open'")
        .bind("email", email)
        .bind("id", id)
        .execute();
  }

  /** The shopper has, or has not, confirmed the payment to the bank. */
  public Session authenticate(Handle tx, Session session, boolean well, Cause cause) {
    var locked = one(tx, LOCK, session.id()).orElseThrow();
    var intent = store.lock(tx, Intents.KIND, "intent", locked.intent().orElseThrow());
    intents.authenticate(tx, intent, well, cause);
    return follow(tx, locked, intent, cause);
  }

  /** The slow payment of a session has come, or will not. */
  void settle(Handle tx, Session session, boolean well, Cause cause) {
    var locked = one(tx, LOCK, session.id()).orElseThrow();
    var intent = store.lock(tx, Intents.KIND, "intent", locked.intent().orElseThrow());
    intents.settle(tx, intent, well, cause);
    var settled = well ? completed(tx, locked, "paid") : locked;
    var type = "checkout.session.async_payment_" + (well ? "succeeded" : "failed");
    events.append(tx, type, SessionShape.of(settled), cause);
  }

  /** Empty when the page is not open any more. */
  public Optional<Session> expire(Handle tx, String id, Cause cause) {
    var expired = tx.createQuery(EXPIRE).bind("id", id).map((row, _) -> session(row)).findOne();
    expired.ifPresent(it -> closed(tx, it, cause));
    return expired;
  }

  /** Closes pages whose time is over; answers how many. */
  int expireDue(Handle tx, Cause cause) {
    var expired =
        tx.createQuery(EXPIRE_DUE)
            .bind("now", cause.at().atOffset(ZoneOffset.UTC))
            .bind("max", SWEEP_MAX)
            .map((row, _) -> session(row))
            .list();
    expired.forEach(it -> closed(tx, it, cause));
    return expired.size();
  }

  private void closed(Handle tx, Session session, Cause cause) {
    session
        .intent()
        .map(it -> store.lock(tx, Intents.KIND, "intent", it))
        .ifPresent(it -> intents.cancel(tx, it, "automatic", cause));
    events.append(tx, "checkout.session.expired", SessionShape.of(session), cause);
  }

  private Session follow(Handle tx, Session session, ObjectNode intent, Cause cause) {
    return switch (intent.path("status").asText()) {
      case "succeeded" -> complete(tx, session, "paid", cause);
      case "processing" -> complete(tx, session, "unpaid", cause);
      default -> session;
    };
  }

  private Session complete(Handle tx, Session session, String paymentStatus, Cause cause) {
    var complete = completed(tx, session, paymentStatus);
    events.append(tx, "checkout.session.completed", SessionShape.of(complete), cause);
    return complete;
  }

  private static Session completed(Handle tx, Session session, String paymentStatus) {
    return tx.createQuery(COMPLETE)
        .bind("id", session.id())
        .bind("payment_status", paymentStatus)
        .map((row, _) -> session(row))
        .one();
  }

  private static Session tried(Handle tx, Session session, ObjectNode intent) {
    if (session.intent().isPresent()) return session;
    return tx.createQuery(TRIED)
        .bind("id", session.id())
        .bind("intent", intent.path("id").asText())
        .map((row, _) -> session(row))
        .one();
  }

  private static Intents.Wanted wanted(Session session) {
    var wish = session.wish();
    return new Intents.Wanted(
        wish.amount(),
        wish.currency(),
        wish.methods(),
        wish.intentMetadata(),
        "",
        "",
        "",
        "",
        false,
        Json.empty().path("none"));
  }

  private static Optional<Session> one(Handle tx, String sql, String id) {
    if (!ID.matcher(id).matches()) return Optional.empty();
    return tx.createQuery(sql).bind("id", id).map((row, _) -> session(row)).findOne();
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getString("id"),
        row.getString("status"),
        row.getString("payment_status"),
        row.getTimestamp("created").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        Json.read(row.getString("wish"), Wish.class),
        row.getString("url"),
        Optional.ofNullable(row.getString("payment_intent")),
        Optional.ofNullable(row.getString("email")));
  }
}
