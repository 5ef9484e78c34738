package town.library;

import io.hormesis.process.Command;
import io.hormesis.process.Query;
import io.hormesis.process.RequestId;
import java.util.Optional;

/** What others may ask of the loan desk. Every request is about one book. */
public sealed interface Loans {
  /** The book's number on the shelf. */
  String book();

  /** Lends a book; refused while somebody has it. */
  record Borrow(RequestId id, String book, String reader) implements Loans, Command<Loan> {
    public Borrow {
      if (book.isBlank()) {
        throw new IllegalArgumentException(
            "book must not be blank, but was \"%s\": give its number".formatted(book));
      }
    }
  }

  /** Takes a book back; refused when the reader does not have it. */
  record BringBack(RequestId id, String book, String reader) implements Loans, Command<Loan> {}

  /** Who has the book? Empty when it stands on its shelf. */
  record WhoHas(String book) implements Loans, Query<Optional<Loan>> {}

  /**
   * A book in somebody's hands.
   *
   * @param number the how manieth loan of this book it is, from 1
   */
  record Loan(String book, String reader, int number) {}
}
