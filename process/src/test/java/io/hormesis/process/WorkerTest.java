package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.process.ReadingRoom.Catalogue.Title;
import io.hormesis.process.ReadingRoom.Loan;
import io.hormesis.process.ReadingRoom.LoanDesk;
import io.hormesis.process.ReadingRoom.Loans.Lend;
import io.hormesis.process.ReadingRoom.Loans.Lent;
import io.hormesis.process.ReadingRoom.Loans.Returned;
import io.hormesis.process.ReadingRoom.Named;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A worker is tested as the plain function that it is. */
class WorkerTest {
  private static final Loan LOAN = new Loan("b-7", "kari");

  private final LoanDesk desk =
      new LoanDesk(title -> () -> new Answer.Replied<>(new Named("Title of " + title.book())));

  @Test
  void aReplyEqualsTheReplyThatIsExpected() {
    Title title = new Title("b-7");

    assertThat(new ReadingRoom.Librarian().on(title))
        .isEqualTo(title.reply(new Named("Title of b-7")));
    assertThat(new ReadingRoom.Librarian().on(title)).isNotEqualTo(title.reply(new Named("b-7")));
  }

  @Test
  void aStepThatChangesNothingHasNoNextState() {
    Lend lend = new Lend(new RequestId("k-1"), "b-7", "ole");

    assertThat(desk.on(LOAN, lend))
        .isEqualTo(Step.keep(new Reply.Refusal<Loan>("not today")))
        .extracting(Step::next)
        .isEqualTo(Optional.empty());
    assertThat(desk.on(LOAN, new Lent("b-7")).reply())
        .isEqualTo(new Reply.Value<>(Optional.of(LOAN)));
  }

  @Test
  void aNoticeHasNoReply() {
    assertThat(desk.on(LOAN, new Returned("b-7")))
        .isEqualTo(Step.become(new Loan("", ""), Reply.none()));
  }

  @Test
  void aStepTellsOthersInOrder() {
    Returned one = new Returned("b-1");
    Returned two = new Returned("b-2");
    Returned three = new Returned("b-3");

    assertThat(Step.become(LOAN, Reply.none()).telling(one, two).telling(three).notices())
        .containsExactly(one, two, three);
  }

  @Test
  void anAnswerHasAValueWhicheverItIs() {
    assertThat(new Answer.Replied<>("real").value()).isEqualTo("real");
    assertThat(new Answer.Defaulted<>("stand-in", "nobody is there").value()).isEqualTo("stand-in");
  }
}
