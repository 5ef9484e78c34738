package io.hormesis.process;

import static io.hormesis.process.Snippet.right;
import static io.hormesis.process.Snippet.wrong;

import org.junit.jupiter.api.Test;

/**
 * The mistakes that an author cannot make in a declaration. Each test compiles a wrong line and
 * asserts the reason of the refusal, and compiles the right line in the same place, so that no line
 * is refused for anything but its mistake.
 */
class DeclarationMistakesDoNotCompileTest {
  @Test
  void aProcessWithoutAnOwner() {
    right("process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).worker(FormDesk::new);");
    wrong("process(\"form-desk\").contract(Forms.class).worker(FormDesk::new);")
        .because("cannot find symbol", "method contract(", "interface Owned");
  }

  @Test
  void aProcessWithoutAContract() {
    right("process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).worker(FormDesk::new);");
    wrong("process(\"form-desk\").ownedBy(TEAM).worker(FormDesk::new);")
        .because("cannot find symbol", "method worker(", "class Contracted");
  }

  @Test
  void aProcessWithoutAWorker() {
    right(
        "Declaration<Forms> desk1 = process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).worker(FormDesk::new);");
    wrong("Declaration<Forms> desk1 = process(\"form-desk\").ownedBy(TEAM).contract(Forms.class);")
        .because("incompatible types", "Open<M> conforms to Declaration<Forms>");
  }

  @Test
  void aWorkerOfAnotherContract() {
    right("process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).worker(FormDesk::new);");
    wrong("process(\"form-desk\").ownedBy(TEAM).contract(Papers.class).worker(FormDesk::new);")
        .because("no suitable method found for worker(FormDesk::new)", "Worker<Papers>");
  }

  @Test
  void aStatefulProcessWithoutAKey() {
    right(
        "process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).keyedBy(Forms::form).storedIn(flatFile()).worker(StatefulDesk::new);");
    wrong(
            "process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).storedIn(flatFile()).worker(StatefulDesk::new);")
        .because("cannot find symbol", "method storedIn(");
  }

  @Test
  void aStatefulProcessWithoutATechnology() {
    right(
        "process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).keyedBy(Forms::form).storedIn(flatFile()).worker(StatefulDesk::new);");
    wrong(
            "process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).keyedBy(Forms::form).worker(StatefulDesk::new);")
        .because("cannot find symbol", "method worker(", "class Keyed<Forms>");
  }

  @Test
  void aKeyThatIsNotText() {
    right("process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).keyedBy(Forms::form);");
    wrong("process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).keyedBy(it -> 7);")
        .because("bad return type in lambda expression", "int cannot be converted to String");
  }

  @Test
  void aStatelessWorkerOfAStatefulProcess() {
    right(
        "process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).keyedBy(Forms::form).storedIn(flatFile()).worker(StatefulDesk::new);");
    wrong(
            "process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).keyedBy(Forms::form).storedIn(flatFile()).worker(FormDesk::new);")
        .because("no suitable method found for worker(FormDesk::new)", "StatefulWorker<");
  }

  @Test
  void aStatefulWorkerOfAStatelessProcess() {
    right("process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).worker(FormDesk::new);");
    wrong("process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).worker(StatefulDesk::new);")
        .because("no suitable method found for worker(StatefulDesk::new)", "Worker<Forms>");
  }

  @Test
  void aQueryWithoutADeadline() {
    right(
        "Dependency.on(Papers.Fetch.class).within(ofMillis(200)).otherwise(_ -> Document.BLANK);");
    wrong("Dependency.on(Papers.Fetch.class).otherwise(_ -> Document.BLANK);")
        .because("cannot find symbol", "method otherwise(", "interface QueryStage<Document,Fetch>");
  }

  @Test
  void aCommandWithoutADeadline() {
    right("Dependency.onCommand(Papers.Burn.class).within(ofMillis(200)).orRefused();");
    wrong("Dependency.onCommand(Papers.Burn.class).orRefused();")
        .because(
            "cannot find symbol", "method orRefused()", "interface CommandStage<Document,Burn>");
  }

  @Test
  void aQueryWithoutADefaultReply() {
    right(
        "Dependency<Papers.Fetch, Answer<Document>> it = Dependency.on(Papers.Fetch.class).within(ofMillis(200)).otherwise(_ -> Document.BLANK);");
    wrong(
            "Dependency<Papers.Fetch, Answer<Document>> it = Dependency.on(Papers.Fetch.class).within(ofMillis(200));")
        .because("incompatible types", "DefaultStage<Document,Fetch> cannot be converted");
  }

  @Test
  void aDependencyWithoutADefaultReplyInADeclaration() {
    right("process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).dependsOn(FETCH);");
    wrong(
            "process(\"form-desk\").ownedBy(TEAM).contract(Forms.class).dependsOn(Dependency.on(Papers.Fetch.class).within(ofMillis(200)));")
        .because("DefaultStage<Document,Fetch> cannot be converted to Dependency<?,?>");
  }

  @Test
  void aDefaultReplyForACommand() {
    right("Dependency.onCommand(Papers.Burn.class).within(ofMillis(200)).orRefused();");
    wrong(
            "Dependency.onCommand(Papers.Burn.class).within(ofMillis(200)).otherwise(_ -> Document.BLANK);")
        .because(
            "cannot find symbol", "method otherwise(", "interface RefusedStage<Document,Burn>");
  }

  @Test
  void aCommandDeclaredAsAQueryToGiveItADefaultReply() {
    right(
        "Dependency.on(Papers.Fetch.class).within(ofMillis(200)).otherwise(_ -> Document.BLANK);");
    wrong("Dependency.on(Papers.Burn.class).within(ofMillis(200)).otherwise(_ -> Document.BLANK);")
        .because("method on in class Dependency<Q,A> cannot be applied", "Query<R>");
  }

  @Test
  void aQueryDeclaredAsACommand() {
    right("Dependency.onCommand(Papers.Burn.class).within(ofMillis(200)).orRefused();");
    wrong("Dependency.onCommand(Papers.Fetch.class).within(ofMillis(200)).orRefused();")
        .because("method onCommand in class Dependency<Q,A> cannot be applied", "Command<R>");
  }

  @Test
  void aDefaultReplyOfTheWrongType() {
    right(
        "Dependency.on(Papers.Fetch.class).within(ofMillis(200)).otherwise(_ -> Document.BLANK);");
    wrong("Dependency.on(Papers.Fetch.class).within(ofMillis(200)).otherwise(_ -> new Page(\"\"));")
        .because("bad return type in lambda expression", "Page cannot be converted to Document");
  }

  @Test
  void aRouteThatGetsACommand() {
    right("get(\"/forms/{form}\", Forms.Show.class);");
    wrong("get(\"/forms/{form}\", Forms.Submit.class);")
        .because("method get in interface Route cannot be applied", "Query<R>");
  }

  @Test
  void aRouteThatPostsAQuery() {
    right("post(\"/forms\", Forms.Submit.class);");
    wrong("post(\"/forms\", Forms.Show.class);")
        .because("method post in interface Route cannot be applied", "Command<R>");
  }

  @Test
  void aRouteToANotice() {
    right("post(\"/forms\", Forms.Submit.class);");
    wrong("post(\"/forms\", Forms.Archived.class);")
        .because("method post in interface Route cannot be applied", "Command<R>");
  }

  @Test
  void aDefaultReplyOnARouteToACommand() {
    right("post(\"/forms\", Forms.Submit.class).within(ofMillis(500));");
    wrong("post(\"/forms\", Forms.Submit.class).otherwise(_ -> new Page(\"\"));")
        .because("cannot find symbol", "method otherwise(", "class CommandRoute<Page,Submit>");
  }

  @Test
  void aDefaultReplyOfTheWrongTypeOnARoute() {
    right("get(\"/forms/{form}\", Forms.Show.class).otherwise(_ -> new Page(\"\"));");
    wrong("get(\"/forms/{form}\", Forms.Show.class).otherwise(_ -> Document.BLANK);")
        .because("argument mismatch", "Document cannot be converted to Page");
  }

  @Test
  void aDamageWithoutACheck() {
    right("Application.named(\"forms\").never(\"a form is lost\", it -> List.of());");
    wrong("Application.named(\"forms\").never(\"a form is lost\");")
        .because("method never in record Application cannot be applied", "String,Check");
  }

  @Test
  void aCheckThatSaysOnlyYesOrNo() {
    right("Application.named(\"forms\").never(\"a form is lost\", it -> List.of(\"form 7\"));");
    wrong("Application.named(\"forms\").never(\"a form is lost\", it -> true);")
        .because("bad return type in lambda expression", "boolean cannot be converted to List<");
  }

  @Test
  void aQueryThatWasAcknowledged() {
    right("for (var it : history.acknowledged(Forms.Submit.class)) { Page page = it.reply(); }");
    wrong("history.acknowledged(Forms.Show.class);")
        .because("method acknowledged in interface History cannot be applied", "Command<R>");
  }

  @Test
  void aHistoryThatIsAskedToChangeSomething() {
    right("Page page = history.ask(show);");
    wrong("Page page = history.ask(submit);")
        .because("method ask in interface History cannot be applied", "Submit", "Query<R>");
  }
}
