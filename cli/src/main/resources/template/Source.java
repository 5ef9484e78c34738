package {{package}};

import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static java.util.stream.Collectors.groupingBy;

import io.hormesis.process.Application;
import io.hormesis.process.History;
import java.util.List;
import {{package}}.Prices.Ask;
import {{package}}.Tickets.Buy;
import {{package}}.Tickets.WhoSits;

/** What belongs together, which HTTP call becomes which request, and what must never happen. */
public final class {{class}} implements Application.Source {
  @Override
  public Application application() {
    return Application.named("{{name}}")
        .of(PriceList.DECLARATION, BoxOffice.DECLARATION)
        .routes(
            post("/tickets", Buy.class),
            get("/tickets/{seat}", WhoSits.class),
            get("/prices/{seat}", Ask.class).otherwise(_ -> PriceList.USUAL))
        .never("a seat was sold twice", {{class}}::soldTwice);
  }

  private static List<String> soldTwice(History history) {
    return history.acknowledged(Buy.class).stream()
        .map(History.Acknowledged::reply)
        .collect(groupingBy(Tickets.Ticket::seat))
        .values()
        .stream()
        .filter(tickets -> tickets.size() > 1)
        .map(tickets -> "sold more than once: " + tickets)
        .toList();
  }
}
