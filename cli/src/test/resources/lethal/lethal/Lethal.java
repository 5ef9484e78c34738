package lethal;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Route.get;

import io.hormesis.process.Application;
import io.hormesis.process.Owner;
import io.hormesis.process.Query;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;
import java.util.ArrayList;
import java.util.List;

/** An application with requests that end the server on which their worker runs. */
public final class Lethal implements Application.Source {
  /** What may be asked of the oracle. */
  public sealed interface Oracle {
    record Ask(String what) implements Oracle, Query<String> {}
  }

  static final class Seer implements Worker<Oracle> {
    private static final List<byte[]> EATEN = new ArrayList<>();

    @Override
    public Reply<?> on(Oracle message) {
      Oracle.Ask ask = (Oracle.Ask) message;
      switch (ask.what()) {
        case "exit" -> System.exit(0);
        case "memory" -> {
          while (true) {
            EATEN.add(new byte[1 << 20]);
          }
        }
        default -> {}
      }
      return ask.reply("nothing");
    }
  }

  @Override
  public Application application() {
    return Application.named("lethal")
        .of(
            process("oracle")
                .ownedBy(Owner.named("nobody"))
                .contract(Oracle.class)
                .worker(Seer::new))
        .routes(get("/oracle/{what}", Oracle.Ask.class));
  }
}
