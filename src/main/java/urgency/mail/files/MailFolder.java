package urgency.mail.files;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Properties;
import urgency.mail.Mail;
import urgency.mail.Mime;
import urgency.mail.Post;
import urgency.mail.Sender;

/** Puts each letter into a folder as an {@code .eml} file, which any mail program opens. */
public final class MailFolder implements Post {
  private final Path folder;
  private final Sender sender;
  private final InstantSource clock;

  public MailFolder(Path folder, Sender sender, InstantSource clock) {
    this.folder = folder;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public Outcome send(Mail mail) {
    try {
      Files.createDirectories(folder);
      var half = Files.createTempFile(folder, mail.id(), ".part");
      try (var out = Files.newOutputStream(half)) {
        var session = Session.getInstance(new Properties());
        Mime.message(session, mail, sender, clock.instant()).writeTo(out);
      }
      // The same letter again is the same file.
      Files.move(half, folder.resolve(mail.id() + ".eml"), StandardCopyOption.REPLACE_EXISTING);
      return new Outcome.Sent();
    } catch (IOException trouble) {
      return new Outcome.NotNow("the folder cannot be written: " + trouble);
    } catch (MessagingException malformed) {
      return new Outcome.Refused(malformed.toString());
    }
  }
}
