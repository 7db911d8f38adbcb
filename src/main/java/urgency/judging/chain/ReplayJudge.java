package urgency.judging.chain;

import java.time.Instant;
import java.util.UUID;
import urgency.judging.Dialect;
import urgency.judging.Judge;
import urgency.judging.JudgeSettings.Model;
import urgency.judging.Question;
import urgency.judging.Rubric;
import urgency.judging.Verdicts;
import urgency.platform.sql.Database;
import urgency.platform.sql.Packed;

/**
 * Answers from the record: the bytes that came back when the same question was asked, byte for
 * byte. No network, no money, and the same verdicts each time.
 */
public final class ReplayJudge implements Judge {
  private static final String FIND =
      """
      select id, response
        from judging.call
       where request_digest = :digest and response is not null
       order by started_at desc, id
       limit 1
      """;

  private final Database database;
  private final Dialect dialect;
  private final Model model;

  private record Found(UUID call, byte[] response) {}

  public ReplayJudge(Database database, Dialect dialect, Model model) {
    this.database = database;
    this.dialect = dialect;
    this.model = model;
  }

  @Override
  public Verdicts judge(Question question, Instant deadline) {
    var digest = Rubric.digest(dialect.write(question, model));
    var found =
        database.read(
            tx ->
                tx.createQuery(FIND)
                    .bind("digest", digest)
                    .map(
                        (row, _) ->
                            new Found(row.getObject("id", UUID.class), row.getBytes("response")))
                    .findOne());
    if (found.isEmpty()) return new Verdicts.Broken("this question is not on record");
    var answer = Packed.unpack(found.get().response());
    return question.checked(dialect.read(answer, found.get().call(), question));
  }
}
