package urgency.operators;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import urgency.platform.sql.Database;

/**
 * The way in and out for operators. Passwords are hashed outside of transactions, since that takes
 * long on purpose.
 */
@Singleton
public final class Door {
  public static final int NAME_MAX = 60;
  private static final int TOKEN_MAX = 64;

  /** What became of someone at the door. */
  public sealed interface Outcome {
    /** Inside; the token is for the browser alone. */
    record In(String token) implements Outcome {}

    /** The name or the password is wrong; which of them is not told. */
    record Wrong() implements Outcome {}

    /** Too many tries in vain; this one was not judged. */
    record TooEarly() implements Outcome {}

    /** Others are at the door. */
    record Busy() implements Outcome {}

    /** The link was used, is too old, or never was. */
    record NoSuchLink() implements Outcome {}

    /** What was sent cannot be taken. */
    record Refused(String field, String remedy) implements Outcome {}
  }

  private record Known(Operator operator, String hash) {}

  private final Database database;
  private final Links links;
  private final Sessions sessions;
  private final Acts acts;
  private final Passwords passwords = new Passwords();

  Door(Database database, Links links, Sessions sessions, Acts acts) {
    this.database = database;
    this.links = links;
    this.sessions = sessions;
    this.acts = acts;
  }

  /** Sets the owner's name and password by a link, and lets the owner in; others are out. */
  public Outcome setUp(String token, String name, String password, String address, Instant now) {
    if (token.length() > TOKEN_MAX || !database.read(tx -> links.stands(tx, token, now))) {
      return new Outcome.NoSuchLink();
    }
    var plain = name.strip();
    if (!isName(plain)) {
      return new Outcome.Refused("name", "use 2 to %d letters and digits".formatted(NAME_MAX));
    }
    var complaint = Passwords.complaint(password, plain);
    if (complaint.isPresent()) return new Outcome.Refused("password", complaint.get());
    var hash = passwords.hashed(password);
    if (hash.isEmpty()) return new Outcome.Busy();
    return database.write(
        tx -> {
          if (!links.use(tx, token, now)) return new Outcome.NoSuchLink();
          var owner = store(tx, plain, hash.get(), now);
          sessions.endAllOf(tx, owner);
          Throttle.forgive(tx, nameKey(plain));
          acts.write(tx, new Acts.Act(now, plain, address, "owner set", plain, ""));
          return new Outcome.In(sessions.begin(tx, owner, now));
        });
  }

  /**
   * Lets in who knows the password.
   *
   * @param before what the browser held until now; it opens nothing afterwards
   */
  public Outcome signIn(String name, String password, String address, String before, Instant now) {
    if (name.length() > NAME_MAX || name.indexOf('\0') >= 0) return new Outcome.Wrong();
    if (password.length() > Passwords.LENGTH_MAX) return new Outcome.Wrong();
    if (!database.write(tx -> mayTry(tx, name, address, now))) return new Outcome.TooEarly();
    var known = database.read(tx -> find(tx, name));
    var stored = known.map(Known::hash).orElseGet(Passwords::ofNobody);
    var matches = passwords.matches(password, stored);
    if (matches.isEmpty()) return new Outcome.Busy();
    if (known.isEmpty() || !matches.get()) return new Outcome.Wrong();
    var operator = known.get().operator();
    return database.write(
        tx -> {
          Throttle.forgive(tx, nameKey(name));
          Throttle.forgive(tx, addressKey(address));
          sessions.end(tx, before);
          acts.write(tx, new Acts.Act(now, operator.name(), address, "signed in", "", ""));
          return new Outcome.In(sessions.begin(tx, operator, now));
        });
  }

  public void signOut(String token, Operator operator, String address, Instant now) {
    database.change(
        tx -> {
          sessions.end(tx, token);
          acts.write(tx, new Acts.Act(now, operator.name(), address, "signed out", "", ""));
        });
  }

  private static boolean mayTry(Handle tx, String name, String address, Instant now) {
    Throttle.forget(tx, now);
    // The address first: who must wait there does not make a name wait.
    return Throttle.allows(tx, addressKey(address), now) && Throttle.allows(tx, nameKey(name), now);
  }

  private static Optional<Known> find(Handle tx, String name) {
    return tx.createQuery(
            """
            select id, name, password_hash
              from operators.operator
             where lower(name) = lower(:name)
            """)
        .bind("name", name.strip())
        .map(
            (row, _) ->
                new Known(
                    new Operator(row.getObject("id", UUID.class), row.getString("name")),
                    row.getString("password_hash")))
        .findOne();
  }

  private static Operator store(Handle tx, String name, String hash, Instant now) {
    return tx.createQuery(
            """
            insert into operators.operator (id, name, role, password_hash, changed_at)
            values (:id, :name, 'OWNER', :hash, :now)
            on conflict (role) where role = 'OWNER' do update
               set name = excluded.name,
                   password_hash = excluded.password_hash,
                   changed_at = excluded.changed_at
            returning id, name
            """)
        .bind("id", UUID.randomUUID())
        .bind("name", name)
        .bind("hash", hash)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, _) -> new Operator(row.getObject("id", UUID.class), row.getString("name")))
        .one();
  }

  private static boolean isName(String name) {
    return name.length() <= NAME_MAX && name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]+");
  }

  private static String nameKey(String name) {
    return "name " + name.strip().toLowerCase(Locale.ROOT);
  }

  private static String addressKey(String address) {
    return "address " + address;
  }
}
