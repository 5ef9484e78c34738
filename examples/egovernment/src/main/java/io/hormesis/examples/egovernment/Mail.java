package io.hormesis.examples.egovernment;

import java.util.List;
import java.util.stream.Stream;

/**
 * All letters to one citizen.
 *
 * @param messages in the order in which they came in
 */
public record Mail(List<Letter> messages) {
  static final Mail NONE = new Mail(List.of());

  public Mail {
    messages = List.copyOf(messages);
  }

  Mail with(Letter letter) {
    return new Mail(Stream.concat(messages.stream(), Stream.of(letter)).toList());
  }
}
