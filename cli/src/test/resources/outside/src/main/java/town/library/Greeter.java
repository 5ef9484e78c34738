package town.library;

import static io.hormesis.process.Declaration.process;

import io.hormesis.process.Declaration;
import io.hormesis.process.Owner;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;
import town.library.Greetings.Greet;
import town.library.Greetings.Greeting;

/** Greets whoever comes in. */
public final class Greeter implements Worker<Greetings> {
  static final Declaration<Greetings> DECLARATION =
      process("greeter")
          .ownedBy(Owner.named("front-door"))
          .contract(Greetings.class)
          .worker(Greeter::new);

  @Override
  public Reply<?> on(Greetings message) {
    return switch (message) {
      case Greet greet -> greet.reply(new Greeting("Good day, " + greet.reader() + "."));
    };
  }
}
