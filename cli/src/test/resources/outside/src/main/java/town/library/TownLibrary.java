package town.library;

import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;

import io.hormesis.process.Application;
import town.library.Greetings.Greet;
import town.library.Greetings.Greeting;
import town.library.Loans.Borrow;
import town.library.Loans.BringBack;
import town.library.Loans.WhoHas;

/** A town's library. */
public final class TownLibrary implements Application.Source {
  @Override
  public Application application() {
    return Application.named("town-library")
        .of(Greeter.DECLARATION, LoanDesk.DECLARATION)
        .routes(
            post("/loans", Borrow.class),
            post("/loans/{book}/return", BringBack.class),
            get("/loans/{book}", WhoHas.class),
            get("/greetings/{reader}", Greet.class).otherwise(_ -> new Greeting("Good day.")));
  }
}
