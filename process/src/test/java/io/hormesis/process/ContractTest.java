package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractTest {
  record Page(String text) {}

  sealed interface Forms {
    record Submit(RequestId id, String form) implements Forms, Command<Page> {}

    record Show(String form) implements Forms, Query<Optional<Page>> {}

    record Archived(String form) implements Forms, Notice {}
  }

  interface Open {}

  static final class SomeClass {}

  sealed interface HoldsAClass {
    final class Stray implements HoldsAClass, Notice {}
  }

  sealed interface HoldsNoMessage {
    record Stray() implements HoldsNoMessage {}
  }

  sealed interface HoldsAContract {
    sealed interface Inner extends HoldsAContract {
      record Stray() implements Inner, Notice {}
    }
  }

  sealed interface HoldsBoth {
    record Both() implements HoldsBoth, Query<Page>, Notice {}
  }

  sealed interface HoldsThread {
    record Stray(Thread thread) implements HoldsThread, Notice {}
  }

  sealed interface RepliesThread {
    record Stray() implements RepliesThread, Query<List<Thread>> {}
  }

  sealed interface InheritsItsReply extends Query<Page> {
    record Stray() implements InheritsItsReply {}
  }

  @Test
  void itsMessagesAreReadInTheOrderOfTheInterface() {
    Contract<Forms> contract = Contract.of(Forms.class);

    assertThat(contract.name()).isEqualTo("Forms");
    assertThat(contract.type()).isEqualTo(Forms.class);
    assertThat(contract.messages())
        .extracting(MessageType::name)
        .containsExactly("Forms.Submit", "Forms.Show", "Forms.Archived");
    assertThat(contract.messages())
        .extracting(MessageType::kind)
        .containsExactly(MessageType.Kind.COMMAND, MessageType.Kind.QUERY, MessageType.Kind.NOTICE);
    assertThat(contract.messages())
        .extracting(it -> it.replyType().getTypeName())
        .containsExactly(
            Page.class.getName(),
            "java.util.Optional<%s>".formatted(Page.class.getName()),
            "java.lang.Void");
  }

  @Test
  void aContractIsASealedInterface() {
    refused(
        Open.class,
        "contract io.hormesis.process.ContractTest$Open must be a sealed interface of records, but is not: write \"public sealed interface Open\"");
    refused(
        SomeClass.class,
        "contract io.hormesis.process.ContractTest$SomeClass must be a sealed interface of records, but is not: write \"public sealed interface SomeClass\"");
  }

  @Test
  void aMessageIsARecordThatIsAQueryACommandOrANotice() {
    String rule =
        "message %s must be a record that is a Query, a Command or a Notice, but is not: change it or take it out of the contract";
    refused(HoldsAClass.class, rule.formatted("HoldsAClass.Stray"));
    refused(HoldsNoMessage.class, rule.formatted("HoldsNoMessage.Stray"));
    refused(HoldsAContract.class, rule.formatted("HoldsAContract.Inner"));
  }

  @Test
  void aMessageIsOnlyOneOfThem() {
    refused(
        HoldsBoth.class,
        "message Both must be one of Query, Command and Notice, but is several: split it");
  }

  @Test
  void aMessageAndItsReplyArePlainData() {
    String rule =
        "%s must be plain data (records, text, numbers, times, enums, Optional, List, Map from text), but holds a java.lang.Thread: use one of these";
    refused(HoldsThread.class, rule.formatted("HoldsThread.Stray.thread"));
    refused(RepliesThread.class, rule.formatted("reply to RepliesThread.Stray"));
  }

  @Test
  void aRequestNamesTheTypeOfItsReply() {
    refused(
        InheritsItsReply.class,
        "request Stray must name the type of its reply, but does not: write Query<…> or Command<…>");
  }

  private static void refused(Class<?> contract, String message) {
    assertThatExceptionOfType(DeclarationException.class)
        .isThrownBy(() -> Contract.of(contract))
        .withMessage(message);
  }
}
