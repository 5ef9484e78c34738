package io.hormesis.simulation.group;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.replication.KeyState;
import io.hormesis.replication.StateChecksum;
import io.hormesis.simulation.group.Entries.Entry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupBooksTest {

  private static final GroupAsk.File FILE = new GroupAsk.File("k1", 7, 2020);
  private static final Entry FILED = new Entry(2020, 7);
  private static final Entry NOTED = new Entry(0, 8);

  private final GroupBooks books = new GroupBooks();

  @Test
  void booksThatAgreeSayNothing() {
    books.asked(FILE);
    books.answered(FILE, new GroupAnswer.Done(1, true), 0);
    books.read(GroupWorld.DESK, state(1, "x"), 1);
    books.settleDesk("a1", "k1", entries(FILED));
    books.settleBox("a1", "k1", entries(FILED), entries(FILED));
    assertThat(books.violations()).isEmpty();
  }

  @Test
  void anAcknowledgedRequestThatIsNotThereIsLost() {
    books.asked(FILE);
    books.answered(FILE, new GroupAnswer.Done(1, true), 0);
    books.settleDesk("a1", "k1", entries());
    assertThat(books.violations()).containsExactly("a1: lost: request 7 to k1 was acknowledged");
  }

  @Test
  void aRefusedRequestMustNotBeThere() {
    books.asked(FILE);
    books.answered(FILE, new GroupAnswer.Done(0, false), 0);
    books.settleDesk("a1", "k1", entries(FILED));
    assertThat(books.violations()).containsExactly("a1: request 7 to k1 was refused, but is there");
  }

  @Test
  void whatIsThereTwiceOrWasNeverAskedIsFound() {
    books.asked(new GroupAsk.Note("k1", 8));
    books.settleDesk("a1", "k1", entries(NOTED, NOTED, FILED, new Entry(2020, 8)));
    assertThat(books.violations())
        .containsExactly(
            "a1: request 8 applied twice to k1",
            "a1: request 8 applied twice to k1",
            "a1: k1 holds 7, which nobody asked",
            "a1: two returns of k1 for 2020");
  }

  @Test
  void membersThatDifferAtTheSameIndexHaveDiverged() {
    books.seen(GroupWorld.DESK, new StateChecksum(5, 1), "a1");
    books.seen(GroupWorld.DESK, new StateChecksum(6, 2), "b1");
    books.seen(GroupWorld.BOX, new StateChecksum(5, 2), "b1");
    books.seen(GroupWorld.DESK, new StateChecksum(5, 1), "b1");
    assertThat(books.violations()).isEmpty();
    books.seen(GroupWorld.DESK, new StateChecksum(5, 2), "c1");
    assertThat(books.violations())
        .containsExactly("diverged: members of desk/0 differ at index 5, seen by c1");
  }

  @Test
  void aReadBehindWhatWasAnsweredBeforeIsStale() {
    books.answered(FILE, new GroupAnswer.Done(3, true), 2);
    books.read(GroupWorld.DESK, state(2, "x"), books.floor("k1"));
    assertThat(books.violations())
        .containsExactly("stale read: k1 shows version 2, but 3 was answered before it was asked");
  }

  @Test
  void aWriteThatIsNotAboveWhatWasAnsweredBeforeIsStale() {
    books.answered(FILE, new GroupAnswer.Done(3, true), 3);
    books.answered(FILE, new GroupAnswer.Done(3, false), 3);
    assertThat(books.violations())
        .containsExactly(
            "stale write: request 7 to k1 gave version 3, but 3 was answered before it was asked");
  }

  @Test
  void oneVersionWithTwoContentsHasDiverged() {
    books.seen(GroupWorld.DESK, state(2, "x"), "a1");
    books.seen(GroupWorld.BOX, state(2, "z"), "a1");
    books.seen(GroupWorld.DESK, state(2, "x"), "b1");
    assertThat(books.violations()).isEmpty();
    books.seen(GroupWorld.DESK, state(2, "y"), "c1");
    assertThat(books.violations())
        .containsExactly("diverged: k1 of desk/0 has two contents at version 2, seen by c1");
  }

  @Test
  void theBoxHoldsEachAcceptedReturnOnceAndNothingElse() {
    books.settleBox("a1", "k1", entries(), entries(FILED, NOTED));
    books.settleBox("a1", "k1", entries(FILED, FILED), entries(FILED));
    assertThat(books.violations())
        .containsExactly(
            "a1: the box of k1 holds notices [], the desk sent [7]",
            "a1: request 7 applied twice to k1");
  }

  private static KeyState state(long version, String content) {
    return new KeyState("k1", version, Optional.of(content.getBytes(US_ASCII)));
  }

  private static Entries entries(Entry... entries) {
    return new Entries(List.of(entries));
  }
}
