package {{package}};

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.injection.Fault;
import io.hormesis.process.Outcome;
import io.hormesis.process.RequestId;
import io.hormesis.testing.Lab;
import io.hormesis.testing.Simulated;
import {{package}}.Prices.Ask;
import {{package}}.Prices.Price;
import {{package}}.Tickets.Buy;
import {{package}}.Tickets.Ticket;

/** What guests can rely on, whatever breaks. */
class {{class}}Test {

  @Simulated(seeds = 10)
  void aSeatIsSoldOnceWhoeverFails(Lab lab) {
    lab.start(new {{class}}());
    assertThat(lab.send(new Buy(new RequestId("ann-1"), "A1", "ann")))
        .isEqualTo(new Outcome.Replied<>(new Ticket("A1", "ann")));

    lab.make(new Fault.Kill(lab.leaderOf("box-office", "A1"), ofSeconds(5)));

    // While nobody leads it is not known what came of a request; the same id may be sent again.
    Buy wanted = new Buy(new RequestId("bob-1"), "A1", "bob");
    lab.within(
        ofSeconds(10),
        () ->
            assertThat(lab.send(wanted))
                .isEqualTo(new Outcome.Refused<>(Outcome.By.WORKER, "the seat is sold to ann")));
  }

  @Simulated(seeds = 10)
  void guestsAreToldAPriceWhateverFails(Lab lab) {
    lab.start(new {{class}}());
    lab.lose("price-list");
    assertThat(lab.ask(new Ask("A1"), PriceList.USUAL).value()).isEqualTo(PriceList.USUAL);

    lab.bringBack("price-list");
    lab.within(
        ofSeconds(5), () -> assertThat(lab.ask(new Ask("A1"))).isEqualTo(new Price(4_000)));
  }
}
