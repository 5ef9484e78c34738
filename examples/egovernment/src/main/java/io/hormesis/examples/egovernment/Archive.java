package io.hormesis.examples.egovernment;

import io.hormesis.process.Notice;
import io.hormesis.process.Query;

/** What others may tell and ask the archive. Every message is about one citizen. */
public sealed interface Archive {

  /** The citizen that a message is about: 11 digits. */
  String citizen();

  /**
   * Keep this return for ever.
   *
   * @param citizen 11 digits
   */
  record Keep(String citizen, TaxReturn document) implements Archive, Notice {
    public Keep {
      FormRules.citizen(citizen);
    }
  }

  /**
   * Which documents of this citizen are kept?
   *
   * @param citizen 11 digits
   */
  record ListDocuments(String citizen) implements Archive, Query<Documents> {
    public ListDocuments {
      FormRules.citizen(citizen);
    }
  }
}
