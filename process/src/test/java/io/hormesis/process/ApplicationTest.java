package io.hormesis.process;

import static io.hormesis.process.ReadingRoom.catalogue;
import static io.hormesis.process.ReadingRoom.loans;
import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ApplicationTest {
  private static final Declaration<ReadingRoom.Loans> LOANS = loans("loans");
  private static final Declaration<ReadingRoom.Catalogue> CATALOGUE = catalogue("catalogue");
  private static final Application LIBRARY = Application.named("library").of(LOANS, CATALOGUE);

  @Test
  void itKnowsWhoServesAMessage() {
    assertThat(LIBRARY.serving(ReadingRoom.Loans.Lend.class)).isSameAs(LOANS);
    assertThat(LIBRARY.serving(ReadingRoom.Loans.Returned.class)).isSameAs(LOANS);
    assertThat(LIBRARY.serving(ReadingRoom.Catalogue.Title.class)).isSameAs(CATALOGUE);
  }

  @Test
  void aMessageOfNobodyIsRefused() {
    refused(
        () -> Application.named("library").serving(ReadingRoom.Loans.Lend.class),
        "message Lend must be in the contract of a process of library, but is in none: add the process");
  }

  @Test
  void twoProcessesHaveDifferentNames() {
    refused(
        () -> Application.named("library").of(catalogue("desk"), loans("desk")),
        "processes of library must have different names, but two are called desk: rename one");
  }

  @Test
  void aMessageIsInOneContract() {
    refused(
        () -> Application.named("library").of(catalogue("one"), catalogue("two")),
        "message Catalogue.Title must be in one contract, but one and two both take it: remove it from one");
  }

  @Test
  void aDependencyIsServedByTheApplication() {
    refused(
        () -> Application.named("library").of(LOANS),
        "dependency of loans on Title must be served by a process of the application, but no contract holds it: add that process");
  }

  @Test
  void aRouteLeadsToAProcess() {
    refused(
        () ->
            Application.named("library")
                .of(CATALOGUE)
                .routes(get("/loans/{book}", ReadingRoom.Loans.Lent.class)),
        "route GET /loans/{book} of library must lead to a request of one of its processes, but Lent is in no contract: add that process");
  }

  @Test
  void twoRoutesDifferInMethodOrPath() {
    Route lent = get("/loans/{book}", ReadingRoom.Loans.Lent.class);

    assertThat(LIBRARY.routes(lent, post("/loans/{book}", ReadingRoom.Loans.Lend.class)).routes())
        .hasSize(2);
    refused(
        () -> LIBRARY.routes(lent, get("/loans/{book}", ReadingRoom.Catalogue.Title.class)),
        "routes of library must differ in method or path, but two are GET /loans/{book}: change one");
  }

  @Test
  void processesThatAreApartAreOfTheApplication() {
    Declaration<ReadingRoom.Loans> stranger = loans("stranger");
    String rule =
        "process stranger is to be apart from others, but is not of the application: add it first";

    assertThat(LIBRARY.apart(Set.of(LOANS), Set.of(CATALOGUE)).apart())
        .containsExactly(new Application.Apart(Set.of("loans"), Set.of("catalogue")));
    refused(() -> LIBRARY.apart(Set.of(stranger), Set.of(CATALOGUE)), rule);
    refused(() -> LIBRARY.apart(Set.of(CATALOGUE), Set.of(stranger)), rule);
  }

  @Test
  void aProcessIsNotApartFromItself() {
    refused(
        () -> LIBRARY.apart(Set.of(LOANS, CATALOGUE), Set.of(CATALOGUE)),
        "process catalogue cannot be apart from itself: take it out of one of the two sets");
  }

  @Test
  void itKeepsItsDamagesThroughEverythingElse() {
    Application never =
        Application.named("library").never("a book is lost", _ -> List.of()).of(LOANS, CATALOGUE);

    assertThat(
            never
                .routes(get("/loans/{book}", ReadingRoom.Loans.Lent.class))
                .apart(Set.of(LOANS), Set.of(CATALOGUE))
                .never("a book is lent twice", _ -> List.of())
                .damages())
        .extracting(Damage::name)
        .containsExactly("a book is lost", "a book is lent twice");
  }

  @Test
  void twoDamagesHaveDifferentNames() {
    Application never = LIBRARY.never("a book is lost", _ -> List.of());

    refused(
        () -> never.never("a book is lost", _ -> List.of()),
        "damages of library must have different names, but two are called \"a book is lost\": rename one");
  }

  private static void refused(ThrowingCallable declaration, String message) {
    assertThatExceptionOfType(DeclarationException.class)
        .isThrownBy(declaration)
        .withMessage(message);
  }
}
