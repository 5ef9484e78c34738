package town.library;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.injection.Fault;
import io.hormesis.process.Outcome;
import io.hormesis.process.RequestId;
import io.hormesis.testing.Lab;
import io.hormesis.testing.Simulated;
import town.library.Greetings.Greet;
import town.library.Greetings.Greeting;
import town.library.Loans.Borrow;
import town.library.Loans.Loan;
import town.library.Loans.WhoHas;

/** What readers can rely on, whatever breaks. */
class TownLibraryTest {

  @Simulated(seeds = 10)
  void aBookIsLentToOneReaderWhoeverLeadsItsPartition(Lab lab) {
    lab.start(new TownLibrary());
    assertThat(lab.send(new Borrow(new RequestId("ann-1"), "isbn-1", "ann")))
        .isEqualTo(new Outcome.Replied<>(new Loan("isbn-1", "ann", 1)));

    lab.make(new Fault.Kill(lab.leaderOf("loans", "isbn-1"), ofSeconds(5)));

    // While nobody leads it is not known what came of a request; the same id may be sent again.
    Borrow wanted = new Borrow(new RequestId("bob-1"), "isbn-1", "bob");
    lab.within(
        ofSeconds(10),
        () ->
            assertThat(lab.send(wanted))
                .isEqualTo(new Outcome.Refused<>(Outcome.By.WORKER, "the book is lent to ann")));
    assertThat(lab.ask(new WhoHas("isbn-1"))).contains(new Loan("isbn-1", "ann", 1));
  }

  @Simulated(seeds = 10)
  void readersAreGreetedWhenTwoRegionsAreCutOff(Lab lab) {
    lab.start(new TownLibrary());
    for (String server : lab.servers()) {
      if (!server.startsWith("c")) {
        lab.make(new Fault.Isolation(server, ofSeconds(10)));
      }
    }
    lab.pass(ofSeconds(1));

    assertThat(lab.in("c").ask(new Greet("ann"), new Greeting("Good day.")).value().text())
        .startsWith("Good day");
  }
}
