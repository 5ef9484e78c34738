package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The forms that the design promises to authors, as they stand there. */
class DesignFormsCompileTest {
  @Test
  void aStatelessProcess() {
    assertThat(
            Compilation.ofSnippet(
                    """
                    import static io.hormesis.process.Declaration.process;
                    import static java.time.Duration.ofMillis;
                    import io.hormesis.process.*;

                    interface Snippet {
                      record FormId(String value) {}
                      record Page(String text) {}
                      record Document(String text) { static final Document BLANK = new Document(""); }
                      Owner FORMS_TEAM = Owner.named("forms-team");

                      sealed interface Papers {
                        record Fetch(FormId form) implements Papers, Query<Document> {}
                      }

                      sealed interface Forms {
                        record Show(FormId form) implements Forms, Query<Page> {}
                        record Archived(FormId form) implements Forms, Notice {}
                      }

                      final class FormDesk implements Worker<Forms> {
                        static final Dependency<Papers.Fetch, Answer<Document>> ARCHIVE =
                            Dependency.on(Papers.Fetch.class).within(ofMillis(200)).otherwise(_ -> Document.BLANK);

                        public static final Declaration<Forms> DECLARATION =
                            process("form-desk")
                                .ownedBy(FORMS_TEAM)
                                .contract(Forms.class)
                                .dependsOn(ARCHIVE)
                                .worker(peers -> new FormDesk(peers.to(ARCHIVE)));

                        private final Peer<Papers.Fetch, Answer<Document>> archive;

                        FormDesk(Peer<Papers.Fetch, Answer<Document>> archive) { this.archive = archive; }

                        @Override public Reply<?> on(Forms message) {
                          return switch (message) {
                            case Forms.Show show -> show.reply(page(archive.ask(new Papers.Fetch(show.form())).await().value()));
                            case Forms.Archived _ -> Reply.none();
                          };
                        }

                        private static Page page(Document document) { return new Page(document.text()); }
                      }
                    }
                    """)
                .errors())
        .isEmpty();
  }

  @Test
  void aStatefulProcessThatTellsOthersAndAnApplication() {
    assertThat(
            Compilation.ofSnippet(
                    """
                    import static io.hormesis.process.Declaration.process;
                    import static io.hormesis.process.Route.get;
                    import static io.hormesis.process.Route.post;
                    import static io.hormesis.process.Technology.flatFile;
                    import static java.time.Duration.ofMillis;
                    import io.hormesis.process.*;
                    import java.util.*;

                    final class Snippet implements Application.Source {
                      record Receipt(RequestId id) {}
                      record Citizen(String name) {
                        static Citizen unverified(Citizens.Who who) { return new Citizen(who.citizen()); }
                      }
                      record Desk(List<Receipt> receipts) {
                        static final Desk EMPTY = new Desk(List.of());
                        boolean has(int year) { return false; }
                        Desk with(TaxReturns.File file) { return this; }
                        Optional<Receipt> taxReturn(int year) { return Optional.empty(); }
                      }

                      sealed interface Citizens {
                        record Who(String citizen) implements Citizens, Query<Citizen> {}
                      }

                      sealed interface TaxReturns {
                        String citizen();
                        record File(RequestId id, String citizen, int year) implements TaxReturns, Command<Receipt> {}
                        record Show(String citizen, int year) implements TaxReturns, Query<Optional<Receipt>> {}
                        record Keep(String citizen) implements TaxReturns, Notice {}
                        record Confirm(String citizen, RequestId id) implements TaxReturns, Notice {}
                      }

                      static final class TaxDesk implements StatefulWorker<Desk, TaxReturns> {
                        TaxDesk(Peers peers) {}

                        @Override public Desk initial() { return Desk.EMPTY; }

                        @Override public Step<Desk> on(Desk desk, TaxReturns message) {
                          return switch (message) {
                            case TaxReturns.Show show -> keep(show.reply(desk.taxReturn(show.year())));
                            case TaxReturns.File file when desk.has(file.year()) -> keep(file.refuse("one return per citizen and year"));
                            case TaxReturns.File file -> become(desk.with(file), file.reply(new Receipt(file.id())))
                                .telling(new TaxReturns.Keep(file.citizen()), new TaxReturns.Confirm(file.citizen(), file.id()));
                            case TaxReturns.Keep _, TaxReturns.Confirm _ -> keep(Reply.none());
                          };
                        }
                      }

                      static final Owner TAX = Owner.named("tax");
                      static final Dependency<Citizens.Who, Answer<Citizen>> WHO =
                          Dependency.on(Citizens.Who.class).within(ofMillis(200)).otherwise(Citizen::unverified);
                      static final Declaration<TaxReturns> TAX_DESK =
                          process("tax-desk").ownedBy(TAX).contract(TaxReturns.class).keyedBy(TaxReturns::citizen).storedIn(flatFile()).dependsOn(WHO).worker(TaxDesk::new);
                      static final Declaration<Citizens> REGISTRY =
                          process("registry").ownedBy(TAX).contract(Citizens.class).worker(() -> message -> Reply.none());

                      @Override public Application application() {
                        return Application.named("e-government")
                            .of(REGISTRY, TAX_DESK)
                            .routes(
                                post("/tax-returns", TaxReturns.File.class),
                                get("/tax-returns/{citizen}/{year}", TaxReturns.Show.class),
                                get("/citizens/{citizen}", Citizens.Who.class).within(ofMillis(500)).otherwise(Citizen::unverified))
                            .apart(Set.of(REGISTRY), Set.of(TAX_DESK))
                            .never("an accepted return is missing from the desk", Books::missing);
                      }

                      static final class Books {
                        static List<String> missing(History history) {
                          return history.acknowledged(TaxReturns.File.class).stream()
                              .filter(it -> !history.ask(shown(it.request())).equals(Optional.of(it.reply())))
                              .map(it -> it.reply().id().value() + " is missing")
                              .toList();
                        }

                        private static TaxReturns.Show shown(TaxReturns.File file) {
                          return new TaxReturns.Show(file.citizen(), file.year());
                        }
                      }
                    }
                    """)
                .errors())
        .isEmpty();
  }
}
