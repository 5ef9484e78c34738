package io.hormesis.examples.egovernment;

import static io.hormesis.process.Route.get;
import static io.hormesis.process.Route.post;
import static java.time.Duration.ofMillis;

import io.hormesis.examples.egovernment.Archive.ListDocuments;
import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.examples.egovernment.Inbox.ReadInbox;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import java.util.Set;

/** The e-government platform: who runs what, which HTTP call becomes which request. */
public final class EGovernment implements Application.Source {
  static final Declaration<Citizens> REGISTRY = Registry.DECLARATION;
  static final Declaration<TaxReturns> TAX_DESK = TaxDesk.DECLARATION;
  static final Declaration<Archive> ARCHIVE = ArchiveDesk.DECLARATION;
  static final Declaration<Inbox> INBOX = InboxDesk.DECLARATION;

  @Override
  public Application application() {
    return Application.named("e-government")
        .of(REGISTRY, TAX_DESK, ARCHIVE, INBOX)
        .routes(
            post("/tax-returns", File.class),
            get("/tax-returns/{citizen}/{year}", Show.class),
            get("/archive/{citizen}", ListDocuments.class),
            get("/inbox/{citizen}", ReadInbox.class),
            get("/citizens/{citizen}", Who.class)
                .within(ofMillis(500))
                .otherwise(Citizen::unverified))
        .apart(Set.of(ARCHIVE, INBOX), Set.of(REGISTRY, TAX_DESK));
  }
}
