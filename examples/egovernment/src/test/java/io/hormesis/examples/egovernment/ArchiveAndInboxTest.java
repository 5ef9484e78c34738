package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.examples.egovernment.Archive.Keep;
import io.hormesis.examples.egovernment.Archive.ListDocuments;
import io.hormesis.examples.egovernment.Documents.Document;
import io.hormesis.examples.egovernment.Inbox.Confirm;
import io.hormesis.examples.egovernment.Inbox.ReadInbox;
import io.hormesis.process.Reply;
import io.hormesis.process.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchiveAndInboxTest {
  private static final String ADA = "01017012345";
  private static final TaxReturn FIRST = new TaxReturn("r-1", ADA, 2024, 1, true);
  private static final TaxReturn SECOND = new TaxReturn("r-2", ADA, 2025, 2, false);

  private final ArchiveDesk archive = new ArchiveDesk();
  private final InboxDesk inbox = new InboxDesk();

  @Test
  void theArchiveKeepsWhatItIsToldOf() {
    assertThat(archive.on(new Shelf(List.of(FIRST)), new Keep(ADA, SECOND)))
        .isEqualTo(Step.become(new Shelf(List.of(FIRST, SECOND)), Reply.none()));
  }

  @Test
  void theArchiveListsItsDocumentsInOrder() {
    ListDocuments list = new ListDocuments(ADA);

    assertThat(archive.on(new Shelf(List.of(FIRST, SECOND)), list))
        .isEqualTo(
            Step.keep(
                list.reply(
                    new Documents(List.of(new Document("r-1", 2024), new Document("r-2", 2025))))));
  }

  @Test
  void theArchiveOfAStrangerIsEmpty() {
    ListDocuments list = new ListDocuments(ADA);

    assertThat(archive.on(archive.initial(), list))
        .isEqualTo(Step.keep(list.reply(new Documents(List.of()))));
  }

  @Test
  void aNoticeThatIsAppliedTwiceWouldShow() {
    Shelf once = archive.on(archive.initial(), new Keep(ADA, FIRST)).next().orElseThrow();
    Shelf twice = archive.on(once, new Keep(ADA, FIRST)).next().orElseThrow();

    assertThat(twice.documents().documents()).hasSize(2);
  }

  @Test
  void anInboxKeepsAndShowsItsLetters() {
    Letter letter = new Letter("r-1", "Your tax return for 2024 is accepted.");
    ReadInbox read = new ReadInbox(ADA);
    Mail mail = new Mail(List.of(letter));

    assertThat(inbox.on(inbox.initial(), new Confirm(ADA, letter)))
        .isEqualTo(Step.become(mail, Reply.none()));
    assertThat(inbox.on(mail, read)).isEqualTo(Step.keep(read.reply(mail)));
  }
}
