package io.hormesis.examples.egovernment;

import java.util.List;

/**
 * The documents of one citizen that the archive keeps.
 *
 * @param documents in the order in which they came in
 */
public record Documents(List<Document> documents) {
  public Documents {
    documents = List.copyOf(documents);
  }

  /** One document, as the archive's list shows it. */
  public record Document(String receipt, int year) {}
}
