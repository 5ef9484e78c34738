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

/**
 * The e-government platform: who runs what, which HTTP call becomes which request, and what must
 * never happen.
 */
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
        .apart(Set.of(ARCHIVE, INBOX), Set.of(REGISTRY, TAX_DESK))
        .never("an accepted return is not at the tax desk as it was accepted", Books::forgotten)
        .never("two returns of a citizen are accepted for one year", Books::several)
        .never("an accepted return is missing from the archive", Books::missing)
        .never("an accepted return is in the archive more than once", Books::doubled)
        .never("an accepted return has no message, or several, in the inbox", Books::unconfirmed);
  }
}
