package io.hormesis.simulation;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static io.hormesis.process.Technology.flatFile;
import static java.time.Duration.ofMillis;

import io.hormesis.process.Answer;
import io.hormesis.process.Application;
import io.hormesis.process.Command;
import io.hormesis.process.Declaration;
import io.hormesis.process.Dependency;
import io.hormesis.process.Notice;
import io.hormesis.process.Owner;
import io.hormesis.process.Peer;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.RequestId;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import java.util.Optional;

/** A small application that brings no load: orders, which ask for prices and tell a depot. */
public final class Shop {
  private static final Owner OWNER = Owner.named("shopkeepers");

  private Shop() {}

  /** What others may ask of the order desk. */
  public sealed interface Orders {
    String customer();

    /** Orders pieces; refused when a customer would have more than 100. */
    record Place(RequestId id, String customer, int pieces) implements Orders, Command<Order> {
      public Place {
        if (!customer.matches("[a-z]{3,12}")) {
          throw new IllegalArgumentException("customer must be 3 to 12 letters: " + customer);
        }
        if (pieces < 1 || pieces > 50) {
          throw new IllegalArgumentException("pieces must be 1 to 50, but was " + pieces);
        }
      }
    }

    /** What has a customer ordered? */
    record Show(String customer) implements Orders, Query<Optional<Order>> {}

    /** All pieces of a customer, with a price when it is known. */
    record Order(String customer, int pieces, Optional<Long> price) {}
  }

  /** What others may ask of the price list. */
  public sealed interface Prices {
    /** What do so many pieces cost? */
    record PriceOf(int pieces) implements Prices, Query<Optional<Long>> {}
  }

  /** What others may tell and ask the depot. */
  public sealed interface Depot {
    String customer();

    /** Pack so many pieces. */
    record Pack(String customer, int pieces) implements Depot, Notice {}

    /** How many pieces were packed? */
    record Packed(String customer) implements Depot, Query<Integer> {}
  }

  static final Dependency<Prices.PriceOf, Answer<Optional<Long>>> PRICE =
      Dependency.on(Prices.PriceOf.class).within(ofMillis(200)).otherwise(_ -> Optional.empty());

  public static final Declaration<Orders> ORDERS =
      process("orders")
          .ownedBy(OWNER)
          .contract(Orders.class)
          .keyedBy(Orders::customer)
          .partitions(1)
          .storedIn(flatFile())
          .dependsOn(PRICE)
          .worker(peers -> new OrderDesk(peers.to(PRICE)));

  public static final Declaration<Prices> PRICES =
      process("prices")
          .ownedBy(OWNER)
          .contract(Prices.class)
          .worker(() ->
              message ->
                  switch (message) {
                    case Prices.PriceOf ask -> ask.reply(Optional.of(3L * ask.pieces()));
                  });

  public static final Declaration<Depot> DEPOT =
      process("depot")
          .ownedBy(OWNER)
          .contract(Depot.class)
          .keyedBy(Depot::customer)
          .partitions(1)
          .storedIn(flatFile())
          .worker(DepotDesk::new);

  /** The whole shop. */
  public static Application application() {
    return Application.named("shop")
        .of(ORDERS, PRICES, DEPOT)
        .routes(
            post("/orders", Orders.Place.class),
            get("/orders/{customer}", Orders.Show.class),
            get("/depot/{customer}", Depot.Packed.class),
            get("/prices", Prices.PriceOf.class).otherwise(_ -> Optional.empty()));
  }

  record OrderDesk(Peer<Prices.PriceOf, Answer<Optional<Long>>> prices)
      implements StatefulWorker<OrderDesk.Account, Orders> {
    record Account(int pieces, Optional<Long> price) {}

    @Override
    public Account initial() {
      return new Account(0, Optional.empty());
    }

    @Override
    public Step<Account> on(Account account, Orders message) {
      return switch (message) {
        case Orders.Show show when account.pieces() == 0 -> keep(show.reply(Optional.empty()));
        case Orders.Show show ->
            keep(
                show.reply(
                    Optional.of(
                        new Orders.Order(show.customer(), account.pieces(), account.price()))));
        case Orders.Place place when account.pieces() + place.pieces() > 100 ->
            keep(place.refuse("more than 100 pieces"));
        case Orders.Place place -> placed(account.pieces() + place.pieces(), place);
      };
    }

    private Step<Account> placed(int pieces, Orders.Place place) {
      Optional<Long> price = prices.ask(new Prices.PriceOf(pieces)).await().value();
      return become(
              new Account(pieces, price),
              place.reply(new Orders.Order(place.customer(), pieces, price)))
          .telling(new Depot.Pack(place.customer(), place.pieces()));
    }
  }

  static final class DepotDesk implements StatefulWorker<DepotDesk.Pile, Depot> {
    record Pile(int pieces) {}

    @Override
    public Pile initial() {
      return new Pile(0);
    }

    @Override
    public Step<Pile> on(Pile pile, Depot message) {
      return switch (message) {
        case Depot.Pack pack -> become(new Pile(pile.pieces() + pack.pieces()), Reply.none());
        case Depot.Packed ask -> keep(ask.reply(pile.pieces()));
      };
    }
  }
}
