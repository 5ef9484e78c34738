package io.hormesis.process;

import static java.time.Duration.ofMillis;

import java.util.Optional;

/** A small application for the tests: books are lent, and somebody knows their titles. */
final class ReadingRoom {
  static final Owner READERS = Owner.named("readers");

  sealed interface Loans {
    String book();

    record Lend(RequestId id, String book, String reader) implements Loans, Command<Loan> {}

    record Lent(String book) implements Loans, Query<Optional<Loan>> {}

    record Returned(String book) implements Loans, Notice {}
  }

  sealed interface Catalogue {
    record Title(String book) implements Catalogue, Query<Named> {}
  }

  record Loan(String book, String reader) {}

  record Named(String title) {}

  static final Dependency<Catalogue.Title, Answer<Named>> TITLE =
      Dependency.on(Catalogue.Title.class)
          .within(ofMillis(200))
          .otherwise(asked -> new Named(asked.book()));

  record LoanDesk(Peer<Catalogue.Title, Answer<Named>> catalogue)
      implements StatefulWorker<Loan, Loans> {
    @Override
    public Loan initial() {
      return new Loan("", "");
    }

    @Override
    public Step<Loan> on(Loan loan, Loans message) {
      return switch (message) {
        case Loans.Lend lend -> keep(lend.refuse("not today"));
        case Loans.Lent lent -> keep(lent.reply(Optional.of(loan)));
        case Loans.Returned _ -> become(initial(), Reply.none());
      };
    }
  }

  record Librarian() implements Worker<Catalogue> {
    @Override
    public Reply<?> on(Catalogue message) {
      return switch (message) {
        case Catalogue.Title title -> title.reply(new Named("Title of " + title.book()));
      };
    }
  }

  private ReadingRoom() {}

  static Declaration<Loans> loans(String name) {
    return Declaration.process(name)
        .ownedBy(READERS)
        .contract(Loans.class)
        .keyedBy(Loans::book)
        .storedIn(Technology.flatFile())
        .dependsOn(TITLE)
        .worker(peers -> new LoanDesk(peers.to(TITLE)));
  }

  static Declaration<Catalogue> catalogue(String name) {
    return Declaration.process(name)
        .ownedBy(READERS)
        .contract(Catalogue.class)
        .worker(Librarian::new);
  }
}
