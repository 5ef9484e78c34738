package io.hormesis.examples.egovernment;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.examples.egovernment.Inbox.Confirm;
import io.hormesis.examples.egovernment.Inbox.ReadInbox;
import io.hormesis.process.Declaration;
import io.hormesis.process.Reply;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;

/** Keeps a citizen's letters. Like the archive, it leaves "applied once" to the platform. */
public final class InboxDesk implements StatefulWorker<Mail, Inbox> {
  public static final Declaration<Inbox> DECLARATION =
      process("inbox")
          .ownedBy(Owners.DIGITAL_POST)
          .contract(Inbox.class)
          .keyedBy(Inbox::citizen)
          .storedIn(flatFile())
          .worker(InboxDesk::new);

  @Override
  public Mail initial() {
    return Mail.NONE;
  }

  @Override
  public Step<Mail> on(Mail mail, Inbox message) {
    return switch (message) {
      case Confirm confirm -> become(mail.with(confirm.letter()), Reply.none());
      case ReadInbox read -> keep(read.reply(mail));
    };
  }
}
