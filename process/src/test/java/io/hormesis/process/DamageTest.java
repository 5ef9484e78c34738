package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hormesis.process.Damage.Judgement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamageTest {
  private static final ReadingRoom.Loans.Lend LEND =
      new ReadingRoom.Loans.Lend(new RequestId("k-1"), "b-1", "Ada");
  private static final ReadingRoom.Loan LOAN = new ReadingRoom.Loan("b-1", "Ada");
  private static final Damage FORGOTTEN =
      new Damage("a loan is forgotten", DamageTest::forgottenLoans);

  @Test
  void aDamageThatDidNotHappenIsAbsent() {
    assertThat(FORGOTTEN.judge(new Told(Optional.of(LOAN)))).isEqualTo(new Judgement.Absent());
  }

  @Test
  void aDamageThatHappenedIsToldOnceForEachTime() {
    assertThat(FORGOTTEN.judge(new Told(Optional.empty())))
        .isEqualTo(new Judgement.Happened(List.of("b-1 was lent to Ada")));
  }

  @Test
  void aDamageIsNotJudgedWithoutAnAnswer() {
    assertThat(FORGOTTEN.judge(new Silent()))
        .isEqualTo(
            new Judgement.NotJudged(
                "io.hormesis.process.NoAnswerException: Lent[book=b-1] must be answered by a worker before a damage can be judged, but was not (no reply in 2 s): see why that process cannot answer"));
  }

  @Test
  void aDamageIsNotJudgedByACheckThatFails() {
    Damage broken =
        new Damage(
            "a loan is forgotten",
            _ -> {
              throw new IllegalStateException("stumbled");
            });

    assertThat(broken.judge(new Told(Optional.of(LOAN))))
        .isEqualTo(new Judgement.NotJudged("java.lang.IllegalStateException: stumbled"));
  }

  @Test
  void aDamageIsNotJudgedByAnAssertionThatFails() {
    Damage broken =
        new Damage(
            "a loan is forgotten",
            _ -> {
              throw new AssertionError("one was");
            });

    assertThat(broken.judge(new Told(Optional.of(LOAN))))
        .isEqualTo(new Judgement.NotJudged("java.lang.AssertionError: one was"));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "''| ''| 0",
        "' '| ' '| 1",
        "'a\nb'| 'a?b'| 3",
        "'01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901'| '0123456789012345678901234567890123456789…'| 122"
      },
      delimiter = '|')
  void itsNameIsASentence(String name, String shown, int length) {
    assertThat(new Damage("a".repeat(120), _ -> List.of()).name()).hasSize(120);
    assertThatExceptionOfType(DeclarationException.class)
        .isThrownBy(() -> new Damage(name, _ -> List.of()))
        .withMessage(
            "name of damage must be a sentence of 1 to 120 printable characters, but was \"%s\" (%d): say in one line what must never happen"
                .formatted(shown, length));
  }

  private static List<String> forgottenLoans(History history) {
    return history.acknowledged(ReadingRoom.Loans.Lend.class).stream()
        .filter(it ->
            !history
                .ask(new ReadingRoom.Loans.Lent(it.request().book()))
                .equals(Optional.of(it.reply())))
        .map(it -> "%s was lent to %s".formatted(it.reply().book(), it.reply().reader()))
        .toList();
  }

  /** One loan was acknowledged, and this is what the desk says now. */
  private record Told(Optional<ReadingRoom.Loan> now) implements History {
    @Override
    @SuppressWarnings("unchecked") // a test's history knows one command only
    public <R, C extends Command<R>> List<Acknowledged<C, R>> acknowledged(Class<C> command) {
      return List.of((Acknowledged<C, R>) new Acknowledged<>(LEND, LOAN));
    }

    @Override
    @SuppressWarnings("unchecked") // and one query
    public <R> R ask(Query<R> query) {
      return (R) now;
    }
  }

  /** One loan was acknowledged, and nobody answers now. */
  private record Silent() implements History {
    @Override
    public <R, C extends Command<R>> List<Acknowledged<C, R>> acknowledged(Class<C> command) {
      return new Told(Optional.empty()).acknowledged(command);
    }

    @Override
    public <R> R ask(Query<R> query) {
      throw new NoAnswerException(query, "no reply in 2 s");
    }
  }
}
