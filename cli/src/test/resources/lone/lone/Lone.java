package lone;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;

import io.hormesis.process.Application;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;

/** An application without state: one server is enough for it. */
public final class Lone implements Application.Source {
  /** What may be asked of it. */
  public sealed interface Sums {
    /** What do two numbers come to? */
    record Add(int one, int other) implements Sums, Query<Sum> {}

    /** What they come to. */
    record Sum(long value) {}
  }

  static final class Adder implements Worker<Sums> {
    @Override
    public Reply<?> on(Sums message) {
      return switch (message) {
        case Sums.Add add -> add.reply(new Sums.Sum((long) add.one() + add.other()));
      };
    }
  }

  @Override
  public Application application() {
    return Application.named("lone")
        .of(
            process("adder")
                .ownedBy(Owner.named("pupils"))
                .contract(Sums.class)
                .worker(Adder::new))
        .routes(get("/sums/{one}/{other}", Sums.Add.class).otherwise(_ -> new Sums.Sum(0)));
  }
}
