package io.hormesis.testing;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Declaration;
import io.hormesis.process.History;
import io.hormesis.process.Notice;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A cinema: its box office sells seats, and tells the usher at the door who may come in. */
final class Cinema implements Application.Source {
  static final int SEATS = 3;

  /** What may be asked of the box office. */
  sealed interface Tickets {
    String film();

    /** Sells the next seat; refused when there is none. */
    record Sell(RequestId id, String film, String guest) implements Tickets, Command<Ticket> {}

    /** How many seats are sold? */
    record Sold(String film) implements Tickets, Query<Integer> {}
  }

  /** What the usher is told and asked. */
  sealed interface Usher {
    String film();

    record LetIn(String film, String guest) implements Usher, Notice {}

    record Guests(String film) implements Usher, Query<GuestList> {}
  }

  record Ticket(String film, int seat) {}

  record GuestList(List<String> names) {
    GuestList {
      names = List.copyOf(names);
    }

    GuestList with(String name) {
      return new GuestList(Stream.concat(names.stream(), Stream.of(name)).toList());
    }
  }

  /** Sells seats from the first to the last, unless it forgets what it sold. */
  record BoxOffice(boolean forgetful) implements StatefulWorker<Integer, Tickets> {
    @Override
    public Integer initial() {
      return 0;
    }

    @Override
    public Step<Integer> on(Integer sold, Tickets message) {
      return switch (message) {
        case Tickets.Sold ask -> keep(ask.reply(sold));
        case Tickets.Sell sell when sold == SEATS -> keep(sell.refuse("sold out"));
        case Tickets.Sell sell ->
            become(forgetful ? sold : sold + 1, sell.reply(new Ticket(sell.film(), sold + 1)))
                .telling(new Usher.LetIn(sell.film(), sell.guest()));
      };
    }
  }

  /** Does not say what its state is, which only a server that starts can see. */
  static final class Nameless extends Door {}

  /** Knows who may come in. */
  static class Door implements StatefulWorker<GuestList, Usher> {
    @Override
    public GuestList initial() {
      return new GuestList(List.of());
    }

    @Override
    public Step<GuestList> on(GuestList guests, Usher message) {
      return switch (message) {
        case Usher.LetIn let -> become(guests.with(let.guest()), Reply.none());
        case Usher.Guests ask -> keep(ask.reply(guests));
      };
    }
  }

  private static final Owner OWNER = Owner.named("cinema");
  private final boolean forgetful;
  private final boolean broken;

  Cinema() {
    this(false, false);
  }

  private Cinema(boolean forgetful, boolean broken) {
    this.forgetful = forgetful;
    this.broken = broken;
  }

  /** One that sells every seat as the first. */
  static Cinema forgetful() {
    return new Cinema(true, false);
  }

  /** One whose servers do not start. */
  static Cinema broken() {
    return new Cinema(false, true);
  }

  @Override
  public Application application() {
    Declaration<Tickets> boxOffice =
        process("box-office")
            .ownedBy(OWNER)
            .contract(Tickets.class)
            .keyedBy(Tickets::film)
            .storedIn(flatFile())
            .worker(() -> new BoxOffice(forgetful));
    Declaration<Usher> door =
        process("door")
            .ownedBy(OWNER)
            .contract(Usher.class)
            .keyedBy(Usher::film)
            .storedIn(flatFile())
            .worker(() -> broken ? new Nameless() : new Door());
    return Application.named("cinema")
        .of(boxOffice, door)
        .routes(
            post("/films/{film}/tickets", Tickets.Sell.class),
            get("/films/{film}/sold", Tickets.Sold.class))
        .apart(Set.of(boxOffice), Set.of(door))
        .never("a seat is sold twice", Cinema::soldTwice);
  }

  private static List<String> soldTwice(History history) {
    Set<Ticket> sold = new HashSet<>();
    return history.acknowledged(Tickets.Sell.class).stream()
        .map(History.Acknowledged::reply)
        .filter(it -> !sold.add(it))
        .map(it -> "seat %d of %s".formatted(it.seat(), it.film()))
        .toList();
  }
}
