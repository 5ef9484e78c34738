package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** An author's line, compiled in the middle of a small application. */
final class Snippet {
  private static final String AROUND =
      """
      import static io.hormesis.process.Declaration.process;
      import static io.hormesis.process.Route.get;
      import static io.hormesis.process.Route.post;
      import static io.hormesis.process.Technology.flatFile;
      import static java.time.Duration.ofMillis;

      import io.hormesis.process.*;
      import java.util.List;
      import java.util.Optional;
      import java.util.Set;

      final class Snippet {
        record Page(String text) {}
        record Document(String text) {
          static final Document BLANK = new Document("");
        }
        record Desk(List<String> forms) {}

        sealed interface Forms {
          String form();
          record Show(String form) implements Forms, Query<Page> {}
          record Submit(RequestId id, String form) implements Forms, Command<Page> {}
          record Archived(String form) implements Forms, Notice {}
        }
        sealed interface Papers {
          record Fetch(String form) implements Papers, Query<Document> {}
          record Burn(RequestId id, String form) implements Papers, Command<Document> {}
        }
        STRAY;
        record FormDesk() implements Worker<Forms> {
          @Override public Reply<?> on(Forms message) { return Reply.none(); }
        }
        record StatefulDesk() implements StatefulWorker<Desk, Forms> {
          @Override public Desk initial() { return new Desk(List.of()); }
          @Override public Step<Desk> on(Desk desk, Forms message) { return keep(Reply.none()); }
        }
        static final Owner TEAM = Owner.named("forms-team");
        static final Dependency<Papers.Fetch, Answer<Document>> FETCH =
            Dependency.on(Papers.Fetch.class).within(ofMillis(200)).otherwise(_ -> Document.BLANK);
        static final Dependency<Papers.Burn, Outcome<Document>> BURN =
            Dependency.onCommand(Papers.Burn.class).within(ofMillis(200)).orRefused();

        static void written(
            Peers peers, Forms message, Forms.Show show, Forms.Submit submit,
            Forms.Archived archived, StatefulDesk desk, Desk state, History history) {
          HERE;
        }
      }
      """;

  private Snippet() {}

  /** Asserts that a line compiles. */
  static void right(String line) {
    assertThat(compiled(line)).as("errors of: %s", line).isEmpty();
  }

  /** Asserts that a line has one mistake. */
  static Refusal wrong(String line) {
    List<String> errors = compiled(line);
    assertThat(errors).as("errors of: %s", line).hasSize(1);
    return new Refusal(line, errors.getFirst());
  }

  private static List<String> compiled(String line) {
    return Compilation.ofSnippet(AROUND.replace("HERE;", line).replace("STRAY;", "")).errors();
  }

  /** What is wrong with a record beside the contracts. */
  static List<String> compiledRecord(String record) {
    return Compilation.ofSnippet(AROUND.replace("STRAY;", record).replace("HERE;", "")).errors();
  }

  /** The one error that a wrong line has. */
  record Refusal(String line, String error) {
    void because(String... parts) {
      assertThat(error).as("error of: %s", line).contains(parts);
    }
  }
}
