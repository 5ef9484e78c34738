package io.hormesis.examples.egovernment;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;
import static java.time.Duration.ofMillis;

import io.hormesis.examples.egovernment.Archive.Keep;
import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.examples.egovernment.Inbox.Confirm;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.process.Answer;
import io.hormesis.process.Declaration;
import io.hormesis.process.Dependency;
import io.hormesis.process.Peer;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;

/**
 * Accepts tax returns, one for each citizen and year. It asks the registry who the citizen is, and
 * accepts the return as unverified when nobody can say: a citizen can still file.
 */
public final class TaxDesk implements StatefulWorker<Desk, TaxReturns> {
  static final Dependency<Who, Answer<Citizen>> WHO =
      Dependency.on(Who.class).within(ofMillis(200)).otherwise(Citizen::unverified);

  public static final Declaration<TaxReturns> DECLARATION =
      process("tax-desk")
          .ownedBy(Owners.TAX_AUTHORITY)
          .contract(TaxReturns.class)
          .keyedBy(TaxReturns::citizen)
          .storedIn(flatFile())
          .dependsOn(WHO)
          .worker(peers -> new TaxDesk(peers.to(WHO)));

  private final Peer<Who, Answer<Citizen>> registry;

  TaxDesk(Peer<Who, Answer<Citizen>> registry) {
    this.registry = registry;
  }

  @Override
  public Desk initial() {
    return Desk.EMPTY;
  }

  @Override
  public Step<Desk> on(Desk desk, TaxReturns message) {
    return switch (message) {
      case Show show -> keep(show.reply(desk.taxReturn(show.year())));
      case File file when desk.has(file.year()) ->
          keep(file.refuse("one return per citizen and year"));
      case File file -> accept(desk, file, verified(file.citizen()));
    };
  }

  private Step<Desk> accept(Desk desk, File file, boolean verified) {
    String receipt = Receipt.of(file);
    TaxReturn accepted =
        new TaxReturn(receipt, file.citizen(), file.year(), file.income(), verified);
    return become(desk.with(accepted), file.reply(accepted))
        .telling(new Keep(file.citizen(), accepted), new Confirm(file.citizen(), letter(accepted)));
  }

  private boolean verified(String citizen) {
    return switch (registry.ask(new Who(citizen)).await()) {
      case Answer.Replied<Citizen> _ -> true;
      case Answer.Defaulted<Citizen> _ -> false;
    };
  }

  private static Letter letter(TaxReturn accepted) {
    String state = accepted.verified() ? "accepted" : "accepted, to be verified later";
    return new Letter(
        accepted.receipt(), "Your tax return for %d is %s.".formatted(accepted.year(), state));
  }
}
