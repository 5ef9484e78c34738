package io.hormesis.process;

import static io.hormesis.process.Snippet.compiledRecord;
import static io.hormesis.process.Snippet.right;
import static io.hormesis.process.Snippet.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The mistakes that an author cannot make in a worker or a contract. Each test compiles a wrong
 * line and asserts the reason of the refusal, and compiles the right line in the same place, so
 * that no line is refused for anything but its mistake.
 */
class WorkerMistakesDoNotCompileTest {
  @Test
  void aReplyOfTheWrongType() {
    right("Reply<?> reply = show.reply(new Page(\"form 7\"));");
    wrong("Reply<?> reply = show.reply(Document.BLANK);")
        .because("argument mismatch", "Document cannot be converted to Page");
  }

  @Test
  void aReplyToANotice() {
    right("Reply<?> reply = Reply.none();");
    wrong("Reply<?> reply = archived.reply(new Page(\"\"));")
        .because("cannot find symbol", "method reply(");
  }

  @Test
  void aQueryThatIsRefused() {
    right("Reply<?> reply = submit.refuse(\"form 7 is closed\");");
    wrong("Reply<?> reply = show.refuse(\"form 7 is closed\");")
        .because("cannot find symbol", "method refuse(String)");
  }

  @Test
  void aMessageOfTheContractThatIsForgotten() {
    right(
        """
        Reply<?> reply = switch (message) {
          case Forms.Show it -> it.reply(new Page(""));
          case Forms.Submit it -> it.refuse("closed");
          case Forms.Archived _ -> Reply.none();
        };
        """);
    wrong(
            """
            Reply<?> reply = switch (message) {
              case Forms.Show it -> it.reply(new Page(""));
              case Forms.Archived _ -> Reply.none();
            };
            """)
        .because("the switch expression does not cover all possible input values");
  }

  @Test
  void aDefaultReplyThatIsForgotten() {
    right(
        """
        boolean sure = switch (peers.to(FETCH).ask(new Papers.Fetch("7")).await()) {
          case Answer.Replied<Document> _ -> true;
          case Answer.Defaulted<Document> _ -> false;
        };
        """);
    wrong(
            """
            boolean sure = switch (peers.to(FETCH).ask(new Papers.Fetch("7")).await()) {
              case Answer.Replied<Document> _ -> true;
            };
            """)
        .because("the switch expression does not cover all possible input values");
  }

  @Test
  void anOutcomeThatIsTakenForAnAnswer() {
    right("Document it = peers.to(FETCH).ask(new Papers.Fetch(\"7\")).await().value();");
    wrong(
            "Document it = peers.to(BURN).ask(new Papers.Burn(new RequestId(\"k\"), \"7\")).await().value();")
        .because("cannot find symbol", "method value()", "interface Outcome<");
  }

  @Test
  void aRequestThatItsPeerDoesNotServe() {
    right("peers.to(FETCH).ask(new Papers.Fetch(\"7\"));");
    wrong("peers.to(FETCH).ask(show);")
        .because("argument mismatch", "Show cannot be converted to Fetch");
  }

  @Test
  void aPeerThatIsNoDeclaredDependency() {
    right("peers.to(FETCH);");
    wrong("peers.to(Papers.Fetch.class);")
        .because("argument mismatch", "cannot be converted to Dependency<Q,A>");
  }

  @Test
  void aStepToAStateOfTheWrongType() {
    right("Step<Desk> step = desk.become(state, Reply.none());");
    wrong("Step<Desk> step = desk.become(new Page(\"\"), Reply.none());")
        .because("argument mismatch", "Page cannot be converted to Desk");
  }

  @Test
  void aStepWithoutAReply() {
    right("Step<Desk> step = desk.become(state, submit.reply(new Page(\"\")));");
    wrong("Step<Desk> step = desk.become(state);")
        .because("method become in interface StatefulWorker<S,M> cannot be applied");
  }

  @Test
  void aStepThatSendsARequestInsteadOfANotice() {
    right("Step<Desk> step = desk.become(state, Reply.none()).telling(archived);");
    wrong("Step<Desk> step = desk.become(state, Reply.none()).telling(submit);")
        .because("Submit cannot be converted to Notice");
  }

  @Test
  void aMessageThatIsNeitherRequestNorNotice() {
    assertThat(compiledRecord("record Stray(String form) implements Notice {}")).isEmpty();
    assertThat(compiledRecord("record Stray(String form) implements Message {}"))
        .singleElement()
        .asString()
        .contains("class is not allowed to extend sealed class: Message");
  }

  @Test
  void aRequestThatIsNeitherQueryNorCommand() {
    assertThat(compiledRecord("record Stray(String form) implements Query<Page> {}")).isEmpty();
    assertThat(compiledRecord("record Stray(String form) implements Request<Page> {}"))
        .singleElement()
        .asString()
        .contains("class is not allowed to extend sealed class: Request");
  }
}
