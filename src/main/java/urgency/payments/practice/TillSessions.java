package urgency.payments.practice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The till's payment pages, and the only ways in which one changes: from open to complete or to
 * expired, once. Each change leaves its event in the same transaction.
 */
final class TillSessions {
  /** How long a slow payment takes here; at Stripe it is days. */
  static final Duration SLOW = Duration.ofSeconds(10);

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

  private static final String FIND_INTENT =
      "select * from practice.session where payment_intent = :intent";

  private static final String LIST =
      """
      select *
        from practice.session
       where (:status = '' or status = :status)
         and (:intent = '' or payment_intent = :intent)
         and (:after = '' or (created, id) < (select created, id
                                                from practice.session
                                               where id = :after))
       order by created desc, id desc
       limit :max
      """;

  private static final String COMPLETE =
      """
      update practice.session
         set status = 'complete', payment_status = :payment_status, payment_intent = :intent,
             intent_status = :intent_status, settles_at = :settles_at, settles_well = :settles_well
       where id = :id
         and status = 'open'
         and expires_at > :now
      returning *
      """;

  private static final String DECLINE =
      """
      update practice.session
         set declined = declined + 1
       where id = :id
         and status = 'open'
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

  private static final String SETTLE_DUE =
      """
      update practice.session
         set payment_status = case when settles_well then 'paid' else 'unpaid' end,
             intent_status = case when settles_well then 'succeeded'
                                  else 'requires_payment_method' end,
             settles_at = null
       where id in (select id
                      from practice.session
                     where settles_at <= :now
                     limit :max
                       for update skip locked)
      returning *
      """;

  /** How a shopper agrees to pay. */
  enum Method {
    CARD,
    SLOW,
    SLOW_AND_FAILING
  }

  private final TillEvents events;
  private final String site;

  /**
   * @param site where the pages are shown, without a trailing slash
   */
  TillSessions(TillEvents events, String site) {
    this.events = events;
    this.site = site;
  }

  TillSession create(Handle tx, ObjectNode form, Instant now) {
    var wish = Wish.parse(form);
    var expiresAt = Wish.expiresAt(form, now);
    var id = TillSecrets.fresh("cs_test_", ID_LENGTH);
    return tx.createQuery(INSERT)
        .bind("id", id)
        .bind("created", now.atOffset(ZoneOffset.UTC))
        .bind("expires_at", expiresAt.atOffset(ZoneOffset.UTC))
        .bind("amount", wish.amount())
        .bind("currency", wish.currency())
        .bind("wish", TillJson.text(wish))
        .bind("url", site + "/till/" + id)
        .map((row, _) -> session(row))
        .one();
  }

  Optional<TillSession> find(Handle tx, String id) {
    if (!ID.matcher(id).matches()) return Optional.empty();
    return tx.createQuery(FIND).bind("id", id).map((row, _) -> session(row)).findOne();
  }

  Optional<TillSession> byIntent(Handle tx, String intent) {
    return tx.createQuery(FIND_INTENT)
        .bind("intent", intent)
        .map((row, _) -> session(row))
        .findOne();
  }

  /** Newest first; empty texts do not narrow. */
  List<TillSession> list(Handle tx, String status, String intent, String after, int max) {
    return tx.createQuery(LIST)
        .bind("status", status)
        .bind("intent", intent)
        .bind("after", after)
        .bind("max", max)
        .map((row, _) -> session(row))
        .list();
  }

  /** Empty when the page is not open any more. */
  Optional<TillSession> pay(Handle tx, String id, Method method, Instant now) {
    var slow = method != Method.CARD;
    var paid =
        tx.createQuery(COMPLETE)
            .bind("id", id)
            .bind("now", now.atOffset(ZoneOffset.UTC))
            .bind("payment_status", slow ? "unpaid" : "paid")
            .bind("intent", TillSecrets.fresh("pi_", 24))
            .bind("intent_status", slow ? "processing" : "succeeded")
            .bind("settles_at", slow ? now.plus(SLOW).atOffset(ZoneOffset.UTC) : null)
            .bind("settles_well", method != Method.SLOW_AND_FAILING)
            .map((row, _) -> session(row))
            .findOne();
    paid.ifPresent(it -> events.append(tx, "checkout.session.completed", it, now));
    return paid;
  }

  void decline(Handle tx, String id) {
    tx.createUpdate(DECLINE).bind("id", id).execute();
  }

  /** Empty when the page is not open any more. */
  Optional<TillSession> expire(Handle tx, String id, Instant now) {
    var expired = tx.createQuery(EXPIRE).bind("id", id).map((row, _) -> session(row)).findOne();
    expired.ifPresent(it -> events.append(tx, "checkout.session.expired", it, now));
    return expired;
  }

  /** Lets time pass: closes pages whose time is over, and lets slow payments come or fail. */
  int sweep(Handle tx, Instant now) {
    var expired = changed(tx, EXPIRE_DUE, now);
    expired.forEach(it -> events.append(tx, "checkout.session.expired", it, now));
    var settled = changed(tx, SETTLE_DUE, now);
    for (var it : settled) {
      var well = it.paymentStatus().equals("paid");
      events.append(
          tx, "checkout.session.async_payment_" + (well ? "succeeded" : "failed"), it, now);
    }
    return expired.size() + settled.size();
  }

  private static List<TillSession> changed(Handle tx, String sql, Instant now) {
    return tx.createQuery(sql)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("max", SWEEP_MAX)
        .map((row, _) -> session(row))
        .list();
  }

  private static TillSession session(ResultSet row) throws SQLException {
    var intent = Optional.ofNullable(row.getString("payment_intent"));
    var status = row.getString("intent_status");
    return new TillSession(
        row.getString("id"),
        row.getString("status"),
        row.getString("payment_status"),
        row.getTimestamp("created").toInstant(),
        row.getTimestamp("expires_at").toInstant(),
        TillJson.wish(row.getString("wish")),
        row.getString("url"),
        intent.map(it -> new TillSession.Intent(it, status)),
        row.getInt("declined"));
  }
}
