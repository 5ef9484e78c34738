package {{package}};

import io.hormesis.process.Command;
import io.hormesis.process.Query;
import io.hormesis.process.RequestId;
import java.util.Optional;

/** What may be asked of the box office. Every request is about one seat. */
public sealed interface Tickets {
  /** The seat's number. */
  String seat();

  /** Buys the ticket of a seat; refused when it is sold. */
  record Buy(RequestId id, String seat, String guest) implements Tickets, Command<Ticket> {
    public Buy {
      if (guest.isBlank()) {
        throw new IllegalArgumentException(
            "guest must not be blank, but was \"%s\": give a name".formatted(guest));
      }
    }
  }

  /** Who sits there? Empty when the seat is free. */
  record WhoSits(String seat) implements Tickets, Query<Optional<Ticket>> {}

  /** A seat that is sold. */
  record Ticket(String seat, String guest) {}
}
