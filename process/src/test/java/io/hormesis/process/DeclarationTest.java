package io.hormesis.process;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationTest {
  private static final Stages.Open<ReadingRoom.Loans> OPEN =
      Declaration.process("loans").ownedBy(ReadingRoom.READERS).contract(ReadingRoom.Loans.class);

  @Test
  void aStatelessProcessIsNoMoreThanItSays() {
    Declaration<ReadingRoom.Catalogue> catalogue = ReadingRoom.catalogue("catalogue");

    assertThat(catalogue.name()).isEqualTo("catalogue");
    assertThat(catalogue.owner()).isEqualTo(new Owner("readers"));
    assertThat(catalogue.contract().type()).isEqualTo(ReadingRoom.Catalogue.class);
    assertThat(catalogue.dependencies()).isEmpty();
    assertThat(catalogue.stateful()).isFalse();
    assertThat(catalogue.workers()).isEqualTo(16);
    assertThat(catalogue.factory()).isInstanceOf(Declaration.Factory.Stateless.class);
  }

  @Test
  void aStatefulProcessIsCutIntoThreePartitionsUnlessItSaysMore() {
    Declaration<ReadingRoom.Loans> loans = ReadingRoom.loans("loans");
    Declaration.Keyed<ReadingRoom.Loans> state = loans.state().orElseThrow();

    assertThat(loans.stateful()).isTrue();
    assertThat(loans.dependencies()).containsExactly(ReadingRoom.TITLE);
    assertThat(state.partitions()).isEqualTo(3);
    assertThat(state.storedIn()).isEqualTo(Technology.FLAT_FILE);
    assertThat(state.key().apply(new ReadingRoom.Loans.Lent("b-7"))).isEqualTo("b-7");
    assertThat(loans.factory()).isInstanceOf(Declaration.Factory.Stateful.class);
  }

  @Test
  void dependenciesAddUp() {
    Dependency<ReadingRoom.Loans.Lend, Outcome<ReadingRoom.Loan>> lend =
        Dependency.onCommand(ReadingRoom.Loans.Lend.class).within(ofMillis(500)).orRefused();

    assertThat(OPEN.dependsOn(ReadingRoom.TITLE).dependsOn(lend).dependencies())
        .containsExactly(ReadingRoom.TITLE, lend);
    assertThat(lend.defaultReply()).isEmpty();
    assertThat(lend.deadline()).isEqualTo(ofMillis(500));
    assertThat(lend).hasToString("dependency on Lend");
  }

  @Test
  void aDefaultReplyIsMadeFromTheQuery() {
    assertThat(
            ReadingRoom.TITLE
                .defaultReply()
                .orElseThrow()
                .apply(new ReadingRoom.Catalogue.Title("b-7")))
        .isEqualTo(new ReadingRoom.Named("b-7"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Loans", "7loans", "-loans", "loans_desk", "loans desk", "lån"})
  void aNameHasLowerCaseLettersDigitsAndDashes(String name) {
    refused(() -> Declaration.process(name), nameRule("process", name));
    refused(() -> Owner.named(name), nameRule("owner", name));
    refused(() -> Application.named(name), nameRule("application", name));
  }

  @Test
  void aNameHasAtMostFortyCharacters() {
    assertThat(Owner.named("a".repeat(40)).name()).hasSize(40);
    refused(() -> Owner.named("a".repeat(41)), nameRule("owner", "a".repeat(41)));
  }

  @Test
  void workersAreOneToAThousand() {
    assertThat(OPEN.workers(1000).worker(Loaned::new).workers()).isEqualTo(1000);
    refused(
        () -> OPEN.workers(0).worker(Loaned::new),
        "workers of loans must be 1 to 1000, but was 0: choose another number");
    refused(
        () -> OPEN.workers(1001).worker(Loaned::new),
        "workers of loans must be 1 to 1000, but was 1001: choose another number");
  }

  @Test
  void partitionsAreOneToSixtyFour() {
    Stages.Keyed<ReadingRoom.Loans> keyed = OPEN.keyedBy(ReadingRoom.Loans::book);

    assertThat(loansCutInto(keyed, 64).state().orElseThrow().partitions()).isEqualTo(64);
    refused(
        () -> loansCutInto(keyed, 0),
        "partitions of loans must be 1 to 64, but was 0: choose another number");
    refused(
        () -> loansCutInto(keyed, 65),
        "partitions of loans must be 1 to 64, but was 65: choose another number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT30.001S"})
  void aDeadlineIsAtMostThirtySeconds(Duration wrong) {
    refused(
        () ->
            Dependency.on(ReadingRoom.Catalogue.Title.class)
                .within(wrong)
                .otherwise(DeclarationTest::named),
        deadlineRule("Title", wrong));
    refused(
        () -> Dependency.onCommand(ReadingRoom.Loans.Lend.class).within(wrong).orRefused(),
        deadlineRule("Lend", wrong));
  }

  private static Declaration<ReadingRoom.Loans> loansCutInto(
      Stages.Keyed<ReadingRoom.Loans> keyed, int partitions) {
    return keyed
        .partitions(partitions)
        .storedIn(Technology.flatFile())
        .dependsOn(ReadingRoom.TITLE)
        .worker(peers -> new ReadingRoom.LoanDesk(peers.to(ReadingRoom.TITLE)));
  }

  private static ReadingRoom.Named named(ReadingRoom.Catalogue.Title asked) {
    return new ReadingRoom.Named(asked.book());
  }

  private record Loaned() implements Worker<ReadingRoom.Loans> {
    @Override
    public Reply<?> on(ReadingRoom.Loans message) {
      return Reply.none();
    }
  }

  private static String nameRule(String what, String name) {
    return "name of %s must be 1 to 40 lower-case letters, digits and dashes, a letter first, but was \"%s\": choose another"
        .formatted(what, name);
  }

  private static String deadlineRule(String request, Duration deadline) {
    return "deadline of %s must be more than 0 and at most 30 s, but was %s: name a time that its caller can wait"
        .formatted(request, deadline);
  }

  private static void refused(ThrowingCallable declaration, String message) {
    assertThatExceptionOfType(DeclarationException.class)
        .isThrownBy(declaration)
        .withMessage(message);
  }
}
