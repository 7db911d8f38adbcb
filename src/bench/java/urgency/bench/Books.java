package urgency.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the shop's books from outside, as an auditor would, and knows what must hold in them. */
final class Books {
  private record Rule(String says, String query) {}

  /** Each query counts what must not be. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "stock with impossible numbers",
              "select count(*) from inventory.stock"
                  + " where held < 0 or sold < 0 or held + sold > on_hand"),
          new Rule(
              "stock that its ledger does not explain",
              """
              select count(*)
                from inventory.stock s
                left join (select variant_id,
                             sum(case kind when 'RESTOCK' then units else 0 end) as on_hand,
                             sum(case kind when 'HOLD' then units when 'REACQUIRE' then units
                                           when 'RELEASE' then -units when 'SELL' then -units
                                           else 0 end) as held,
                             sum(case kind when 'SELL' then units else 0 end) as sold
                        from inventory.ledger
                       group by variant_id) l using (variant_id)
               where (s.on_hand, s.held, s.sold)
                     is distinct from (coalesce(l.on_hand, 0), coalesce(l.held, 0), coalesce(l.sold, 0))
              """),
          new Rule(
              "units both sold and given back",
              """
              select count(*)
                from inventory.ledger sold
                join inventory.ledger back using (hold_id, variant_id)
               where sold.kind = 'SELL' and back.kind = 'RELEASE'
                 and not exists (select from inventory.ledger again
                                  where again.hold_id = sold.hold_id and again.kind = 'REACQUIRE')
              """),
          new Rule(
              "paid orders whose units are not sold",
              """
              select count(*)
                from orders.order_ o
               where o.status = 'PAID'
                 and exists (select from orders.line l
                              where l.order_id = o.id
                                and not exists (select from inventory.ledger s
                                                 where s.hold_id = o.id and s.kind = 'SELL'
                                                   and s.variant_id = l.variant_id
                                                   and s.units = l.units))
              """),
          new Rule(
              "sold units without a paid order",
              """
              select count(*)
                from inventory.ledger s
               where s.kind = 'SELL'
                 and not exists (select from orders.order_ o
                                  where o.id = s.hold_id and o.paid_at is not null)
              """),
          new Rule(
              "orders placed twice by one key",
              "select count(*) from (select from orders.order_ group by buyer, idem_key"
                  + " having count(*) > 1) twice"));

  private Books() {}

  /** Gives a variant so many units that are neither held nor sold, with their line in the ledger. */
  static void stock(Connection database, String variant, int units) throws SQLException {
    try (var statement =
        database.prepareStatement(
            """
            with level as (
              select variant_id, ? - (on_hand - held - sold) as more
                from inventory.stock
               where variant_id = ?
                 for update
            ), changed as (
              update inventory.stock s
                 set on_hand = s.on_hand + level.more
                from level
               where s.variant_id = level.variant_id
            )
            insert into inventory.ledger (hold_id, kind, variant_id, units, at)
            select gen_random_uuid(), 'RESTOCK', variant_id, more, now() from level
            """)) {
      statement.setInt(1, units);
      statement.setObject(2, UUID.fromString(variant));
      if (statement.executeUpdate() != 1) throw new SQLException("no stock of " + variant);
    }
  }

  /** What a variant has left when everybody was there, if it is not what must be left. */
  static List<String> wrong(Connection database, String variant, int units) throws SQLException {
    try (var statement =
        database.prepareStatement(
            "select on_hand - held - sold from inventory.stock where variant_id = ?")) {
      statement.setObject(1, UUID.fromString(variant));
      try (var rows = statement.executeQuery()) {
        rows.next();
        var left = rows.getInt(1);
        return left >= 0 && left <= units
            ? List.of()
            : List.of("%s has %d left of %d".formatted(variant, left, units));
      }
    }
  }

  /** All rules that do not hold now, in words with the number of cases. */
  static List<String> broken(Connection database) throws SQLException {
    var broken = new ArrayList<String>();
    // One statement, so that all rules see the same moment.
    var query = new StringBuilder("select ");
    for (var rule : RULES) {
      if (query.length() > 7) query.append(", ");
      query.append('(').append(rule.query()).append(')');
    }
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(query.toString())) {
      rows.next();
      for (var i = 0; i < RULES.size(); i++) {
        var cases = rows.getLong(i + 1);
        if (cases > 0) broken.add("%d x %s".formatted(cases, RULES.get(i).says()));
      }
    }
    return broken;
  }

  /** How many of these orders, named as in an address, are not paid. */
  static int unpaid(Connection database, List<String> orders) throws SQLException {
    try (var statement =
        database.prepareStatement(
            "select count(*) from orders.order_ where id = any (?) and status = 'PAID'")) {
      var ids = orders.stream().map(Books::id).toArray();
      statement.setArray(1, database.createArrayOf("uuid", ids));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return orders.size() - rows.getInt(1);
      }
    }
  }

  /** How many of these orders the shop does not know. */
  static int missing(Connection database, List<String> orders) throws SQLException {
    try (var statement =
        database.prepareStatement("select count(*) from orders.order_ where id = any (?)")) {
      statement.setArray(
          1, database.createArrayOf("uuid", orders.stream().map(Books::id).toArray()));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return orders.size() - rows.getInt(1);
      }
    }
  }

  /** Those of these orders, paid at the till, that are neither paid nor given back. */
  static List<String> lost(Connection database, List<String> orders) throws SQLException {
    try (var statement =
        database.prepareStatement(
            """
            select paid.id, o.status, s.status, s.payment_status
              from unnest(?) as paid (id)
              left join orders.order_ o on o.id = paid.id
              left join practice.session s on s.id = o.session_id
             where o.paid_at is null
                or o.status not in ('PAID', 'REFUND_PENDING', 'REFUNDED', 'PARTIALLY_REFUNDED')
            """)) {
      statement.setArray(
          1, database.createArrayOf("uuid", orders.stream().map(Books::id).toArray()));
      var lost = new ArrayList<String>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          lost.add(
              "a payment that the till took is lost: order %s is %s, its session %s and %s"
                  .formatted(
                      rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
        }
      }
      return lost;
    }
  }

  /** Payments that the till took and that neither made an order paid nor go back. */
  static int paidButNotSettled(Connection database) throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                """
                select count(*)
                  from practice.session s
                 where s.payment_status = 'paid'
                   and not exists (select from orders.order_ o
                                    where o.session_id = s.id
                                      and o.paid_at is not null
                                      and o.status in ('PAID', 'REFUND_PENDING', 'REFUNDED',
                                                       'PARTIALLY_REFUNDED'))
                """)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** The id behind {@code ord_...}. */
  private static UUID id(String order) {
    var digits = order.substring(4);
    return UUID.fromString(
        String.join(
            "-",
            digits.substring(0, 8),
            digits.substring(8, 12),
            digits.substring(12, 16),
            digits.substring(16, 20),
            digits.substring(20)));
  }
}
