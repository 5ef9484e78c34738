package town.library;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.process.Declaration;
import io.hormesis.process.Owner;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import java.util.Optional;
import town.library.Loans.BringBack;
import town.library.Loans.Borrow;
import town.library.Loans.Loan;
import town.library.Loans.WhoHas;

/** Lends each book to one reader at a time. */
public final class LoanDesk implements StatefulWorker<LoanDesk.Card, Loans> {
  static final Declaration<Loans> DECLARATION =
      process("loans")
          .ownedBy(Owner.named("librarians"))
          .contract(Loans.class)
          .keyedBy(Loans::book)
          .partitions(2)
          .storedIn(flatFile())
          .worker(LoanDesk::new);

  /** The card in a book's pocket. */
  public record Card(int loans, Optional<Loan> current) {}

  @Override
  public Card initial() {
    return new Card(0, Optional.empty());
  }

  @Override
  public Step<Card> on(Card card, Loans message) {
    return switch (message) {
      case WhoHas ask -> keep(ask.reply(card.current()));
      case Borrow borrow when card.current().isPresent() ->
          keep(borrow.refuse("the book is lent to " + card.current().get().reader()));
      case Borrow borrow -> {
        Loan loan = new Loan(borrow.book(), borrow.reader(), card.loans() + 1);
        yield become(new Card(loan.number(), Optional.of(loan)), borrow.reply(loan));
      }
      case BringBack back when isLentTo(card, back.reader()) ->
          become(
              new Card(card.loans(), Optional.empty()), back.reply(card.current().orElseThrow()));
      case BringBack back -> keep(back.refuse("the book is not lent to " + back.reader()));
    };
  }

  private static boolean isLentTo(Card card, String reader) {
    return card.current().filter(loan -> loan.reader().equals(reader)).isPresent();
  }
}
