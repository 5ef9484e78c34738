package io.hormesis.examples.egovernment;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;

import io.hormesis.examples.egovernment.Archive.Keep;
import io.hormesis.examples.egovernment.Archive.ListDocuments;
import io.hormesis.process.Declaration;
import io.hormesis.process.Reply;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;

/**
 * Keeps every return that it is told of. It does not look whether it has one already: that a notice
 * is applied once is the platform's promise, and a guard here would hide it when it is broken.
 */
public final class ArchiveDesk implements StatefulWorker<Shelf, Archive> {
  public static final Declaration<Archive> DECLARATION =
      process("archive")
          .ownedBy(Owners.NATIONAL_ARCHIVES)
          .contract(Archive.class)
          .keyedBy(Archive::citizen)
          .storedIn(flatFile())
          .worker(ArchiveDesk::new);

  @Override
  public Shelf initial() {
    return Shelf.EMPTY;
  }

  @Override
  public Step<Shelf> on(Shelf shelf, Archive message) {
    return switch (message) {
      case Keep keep -> become(shelf.with(keep.document()), Reply.none());
      case ListDocuments list -> keep(list.reply(shelf.documents()));
    };
  }
}
