package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrialBooksTest {
  private static final ReadBackTarget DESK = new ReadBackTarget("desk", "k");
  private static final ReadBackTarget INBOX = new ReadBackTarget("inbox", "k");
  private final TrialBooks books = new TrialBooks();

  @BeforeEach
  void threeWritesWereSent() {
    for (String key : new String[] {"k1", "k2", "k3"}) {
      books.opened(key, Samples.write("desk", "k"));
    }
    books.told("k1", new TrialBooks.Word.Done("r1"));
    books.told("k2", new TrialBooks.Word.Done("r2"));
  }

  @Test
  void aWriteThatIsFoundOnceEverywhereIsNeitherLostNorDoubled() {
    books.found("k1", "r1", DESK, 1);
    books.found("k1", "r1", INBOX, 1);
    assertThat(books.writes()).isEqualTo(new Report.Writes(2, 0, 0, 1));
    assertThat(books.findings()).isEmpty();
  }

  @Test
  void aWriteThatIsMissingInOnePlaceIsLostOnce() {
    books.found("k1", "r1", DESK, 1);
    books.found("k1", "r1", INBOX, 0);
    books.found("k1", "r1", DESK, 0);
    assertThat(books.writes().lost()).isEqualTo(1);
    assertThat(books.findings()).containsExactly("lost: receipt r1 is not in inbox of k");
  }

  @Test
  void aWriteThatIsFoundTwiceIsDoubled() {
    books.found("k2", "r2", INBOX, 2);
    assertThat(books.writes().doubled()).isEqualTo(1);
    assertThat(books.findings()).containsExactly("doubled: receipt r2 is 2 times in inbox of k");
  }

  @Test
  void anUnknownWriteMayBeThereOnceButNotTwice() {
    books.foundUnpromised("k3", "r3", INBOX, 1);
    assertThat(books.writes()).isEqualTo(new Report.Writes(2, 0, 0, 1));
    books.foundUnpromised("k3", "r3", INBOX, 2);
    assertThat(books.writes()).isEqualTo(new Report.Writes(2, 0, 1, 1));
  }

  @Test
  void anUnknownWriteThatWasTakenMustHaveToldTheOthers() {
    books.foundUnpromised("k3", "r3", INBOX, 0);
    assertThat(books.contradictions()).isEqualTo(1);
    assertThat(books.writes().lost()).isZero();
  }

  @Test
  void anAcknowledgedWriteThatCannotBeReadIsLostAndAnUnknownOneIsNot() {
    books.unreadable("k1", DESK, "no real reply");
    books.unreadable("k3", DESK, "no real reply");
    assertThat(books.writes().lost()).isEqualTo(1);
    assertThat(books.findings())
        .containsExactly("lost: receipt r1 cannot be read from desk: no real reply");
  }

  @Test
  void theFirstWordOfAWriteCounts() {
    books.told("k1", new TrialBooks.Word.Declined());
    assertThat(books.writes().acknowledged()).isEqualTo(2);
  }

  @Test
  void aRefusedWriteIsNotUnknown() {
    books.told("k3", new TrialBooks.Word.Refused());
    assertThat(books.writes().unknown()).isZero();
  }

  @Test
  void onlyAcknowledgedWritesAreRecalled() {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(books.any(new SplittableRandom(seed)).orElseThrow().receipt()).isIn("r1", "r2");
    }
    assertThat(new TrialBooks().any(new SplittableRandom(1))).isEmpty();
  }

  @Test
  void aWriteOfTheWarmUpIsNotCountedButMissedWhenItIsLost() {
    books.rehearsed("warm", Samples.write("desk", "w"));
    books.told("warm", new TrialBooks.Word.Done("r9"));
    assertThat(books.writes()).isEqualTo(new Report.Writes(2, 0, 0, 1));
    books.found("warm", "r9", DESK, 0);
    assertThat(books.writes()).isEqualTo(new Report.Writes(2, 1, 0, 1));
  }

  @Test
  void aKeyIsForOneWriteOnly() {
    assertThatThrownBy(() -> books.opened("k1", Samples.write("desk", "x")))
        .hasMessage("key must be new for every write, but k1 is not");
    assertThatThrownBy(() -> books.told("k9", new TrialBooks.Word.Declined()))
        .hasMessage("key must be opened before, but k9 was not");
  }
}
