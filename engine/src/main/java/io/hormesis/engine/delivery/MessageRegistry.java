package io.hormesis.engine.delivery;

import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.process.MessageType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of an application and their numbers on the wire and in the log: for each process 1,
 * 2, 3 … in the order in which its contract permits them. What a store has recorded binds: a number
 * never comes to mean another message.
 */
public final class MessageRegistry {
  private final Map<Class<?>, Word> byType = new HashMap<>();
  private final Map<String, Word> byNumber = new LinkedHashMap<>();

  public MessageRegistry(Application application) {
    for (Declaration<?> process : application.processes()) {
      int number = 0;
      for (MessageType message : process.contract().messages()) {
        number++;
        Word word = new Word(process, message, number);
        byType.put(message.type(), word);
        byNumber.put(name(process.name(), number), word);
      }
    }
  }

  /** The number of a message; empty when no process takes it. */
  public Optional<Word> find(Class<?> message) {
    return Optional.ofNullable(byType.get(message));
  }

  /** The message of a number; empty when the process has no such message. */
  public Optional<Word> find(String process, int number) {
    return Optional.ofNullable(byNumber.get(name(process, number)));
  }

  /**
   * Compares with what was recorded before.
   *
   * @throws MalformedMessage when a recorded number means another message now
   */
  public void check(Map<String, String> recorded) {
    recorded.forEach((number, name) -> {
      Word word = byNumber.get(number);
      if (word != null && !word.message().name().equals(name)) {
        throw new MalformedMessage(
            "message number %s must stay %s, as the store has recorded, but is %s by its contract now: keep the order of the contract's records and add new ones at its end"
                .formatted(number, name, word.message().name()));
      }
    });
  }

  private static String name(String process, int number) {
    return process + "#" + number;
  }

  /**
   * One message with its process and its number there.
   *
   * @param number 1 or more
   */
  public record Word(Declaration<?> process, MessageType message, int number) {}
}
