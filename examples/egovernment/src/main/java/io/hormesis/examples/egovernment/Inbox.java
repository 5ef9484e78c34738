package io.hormesis.examples.egovernment;

import io.hormesis.process.Notice;
import io.hormesis.process.Query;

/** What others may tell and ask a citizen's inbox. Every message is about one citizen. */
public sealed interface Inbox {

  /** The citizen that a message is about: 11 digits. */
  String citizen();

  /**
   * Confirms to a citizen what an authority has done.
   *
   * @param citizen 11 digits
   */
  record Confirm(String citizen, Letter letter) implements Inbox, Notice {
    public Confirm {
      FormRules.citizen(citizen);
    }
  }

  /**
   * What is in this citizen's inbox?
   *
   * @param citizen 11 digits
   */
  record ReadInbox(String citizen) implements Inbox, Query<Mail> {
    public ReadInbox {
      FormRules.citizen(citizen);
    }
  }
}
