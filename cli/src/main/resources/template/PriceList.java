package {{package}};

import static io.hormesis.process.Declaration.process;

import io.hormesis.process.Declaration;
import io.hormesis.process.Owner;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;
import {{package}}.Prices.Ask;
import {{package}}.Prices.Price;

/** Knows what seats cost: those of row A cost more. It keeps no state. */
public final class PriceList implements Worker<Prices> {
  static final Declaration<Prices> DECLARATION =
      process("price-list")
          .ownedBy(Owner.named("sales"))
          .contract(Prices.class)
          .worker(PriceList::new);

  /** What a seat costs when nobody can be asked. */
  static final Price USUAL = new Price(2_500);

  @Override
  public Reply<?> on(Prices message) {
    return switch (message) {
      case Ask ask -> ask.reply(ask.seat().startsWith("A") ? new Price(4_000) : USUAL);
    };
  }
}
