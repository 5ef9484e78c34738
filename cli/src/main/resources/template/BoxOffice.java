package {{package}};

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.process.Declaration;
import io.hormesis.process.Owner;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import java.util.Optional;
import {{package}}.Tickets.Buy;
import {{package}}.Tickets.Ticket;
import {{package}}.Tickets.WhoSits;

/** Sells each seat once. What it returns is durable on two servers before the caller hears of it. */
public final class BoxOffice implements StatefulWorker<BoxOffice.Seat, Tickets> {
  static final Declaration<Tickets> DECLARATION =
      process("box-office")
          .ownedBy(Owner.named("sales"))
          .contract(Tickets.class)
          .keyedBy(Tickets::seat)
          .partitions(2)
          .storedIn(flatFile())
          .worker(BoxOffice::new);

  /** What is known of a seat. */
  public record Seat(Optional<Ticket> sold) {}

  @Override
  public Seat initial() {
    return new Seat(Optional.empty());
  }

  @Override
  public Step<Seat> on(Seat seat, Tickets message) {
    return switch (message) {
      case WhoSits ask -> Step.keep(ask.reply(seat.sold()));
      case Buy buy when seat.sold().isPresent() ->
          Step.keep(buy.refuse("the seat is sold to " + seat.sold().get().guest()));
      case Buy buy -> {
        Ticket ticket = new Ticket(buy.seat(), buy.guest());
        yield Step.become(new Seat(Optional.of(ticket)), buy.reply(ticket));
      }
    };
  }
}
