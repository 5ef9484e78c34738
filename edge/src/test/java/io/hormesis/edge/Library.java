package io.hormesis.edge;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static java.time.Duration.ofMillis;

import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.RequestId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small application whose routes have every kind of component. */
final class Library {

  private Library() {}

  /** What may be asked of it. */
  public sealed interface Books {
    record Lend(RequestId id, String reader, int year, long price) implements Books, Command<Loan> {
      public Lend {
        if (year < 1900 || year > 2100) {
          throw new IllegalArgumentException(
              "year must be 1900 to 2100, but was %d: choose another".formatted(year));
        }
        if (price < 0) {
          throw new IllegalArgumentException(
              "price must be 0 or more, but was %d: give the price of that year".formatted(price));
        }
      }
    }

    record Find(String reader, int year) implements Books, Query<Optional<Loan>> {}

    record Search(String title, Optional<Integer> limit, boolean exact)
        implements Books, Query<List<String>> {}

    record Reader(Card card) implements Books, Query<Person> {}

    record Sort(
        Kind kind,
        LocalDate day,
        BigDecimal weight,
        double share,
        Address at,
        List<Short> shelves,
        Map<String, String> notes)
        implements Books, Command<String> {}

    record Burn(String reader) implements Books, Command<String> {}
  }

  public enum Kind {
    NOVEL,
    POEM
  }

  public record Card(String number) {
    public Card {
      if (number.length() != 4) {
        throw new IllegalArgumentException(
            "card must have 4 digits, but was \"%s\": check it".formatted(number));
      }
    }
  }

  public record Address(String street, Optional<String> floor) {}

  public record Loan(String receipt, String reader, int year, boolean late) {}

  public record Person(String reader, String name) {}

  static final Application APPLICATION =
      Application.named("library")
          .of(
              process("books")
                  .ownedBy(Owner.named("librarians"))
                  .contract(Books.class)
                  .worker(() -> _ -> Reply.none()))
          .routes(
              post("/loans", Books.Lend.class),
              get("/loans/{reader}/{year}", Books.Find.class).within(ofMillis(300)),
              get("/search", Books.Search.class),
              get("/readers/{card}", Books.Reader.class)
                  .within(ofMillis(300))
                  .otherwise(Library::stranger),
              post("/sort", Books.Sort.class),
              post("/loans/{reader}/burn", Books.Burn.class).within(ofMillis(300)));

  /** Some authors' default replies fail. */
  private static Person stranger(Books.Reader asked) {
    if (asked.card().number().equals("0000")) {
      throw new IllegalStateException("the author's mistake");
    }
    return new Person(asked.card().number(), "unknown");
  }
}
