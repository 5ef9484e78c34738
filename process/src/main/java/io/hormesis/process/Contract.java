package io.hormesis.process;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The defined input and output sets of a process: a sealed interface of records.
 *
 * @param messages its messages, in the order in which the interface permits them
 */
public record Contract<M>(Class<M> type, List<MessageType> messages) {

  public Contract {
    messages = List.copyOf(messages);
  }

  /**
   * Reads a contract from its interface.
   *
   * @throws DeclarationException when it is not a sealed interface of records of plain data
   */
  public static <M> Contract<M> of(Class<M> type) {
    if (!type.isInterface() || !type.isSealed()) {
      throw new DeclarationException(
          "contract %s must be a sealed interface of records, but is not: write \"public sealed interface %s\""
              .formatted(type.getName(), type.getSimpleName()));
    }
    List<MessageType> messages = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      messages.add(messageType(type, permitted));
    }
    return new Contract<>(type, messages);
  }

  /** The name that messages of this contract have in records and reports. */
  public String name() {
    return type.getSimpleName();
  }

  private static MessageType messageType(Class<?> contract, Class<?> permitted) {
    String name = contract.getSimpleName() + "." + permitted.getSimpleName();
    if (!permitted.isRecord() || !Message.class.isAssignableFrom(permitted)) {
      throw new DeclarationException(
          "message %s must be a record that is a Query, a Command or a Notice, but is not: change it or take it out of the contract"
              .formatted(name));
    }
    Class<? extends Record> type = permitted.asSubclass(Record.class);
    PlainData.check(name, type);
    MessageType.Kind kind = kind(type);
    Type replyType = kind == MessageType.Kind.NOTICE ? Void.class : replyType(type);
    if (kind != MessageType.Kind.NOTICE) {
      PlainData.check("reply to " + name, replyType);
    }
    return new MessageType(name, type, kind, replyType);
  }

  private static MessageType.Kind kind(Class<?> type) {
    boolean query = Query.class.isAssignableFrom(type);
    boolean command = Command.class.isAssignableFrom(type);
    boolean notice = Notice.class.isAssignableFrom(type);
    if ((query ? 1 : 0) + (command ? 1 : 0) + (notice ? 1 : 0) != 1) {
      throw new DeclarationException(
          "message %s must be one of Query, Command and Notice, but is several: split it"
              .formatted(type.getSimpleName()));
    }
    return query
        ? MessageType.Kind.QUERY
        : command ? MessageType.Kind.COMMAND : MessageType.Kind.NOTICE;
  }

  private static Type replyType(Class<?> request) {
    return Arrays.stream(request.getGenericInterfaces())
        .filter(ParameterizedType.class::isInstance)
        .map(ParameterizedType.class::cast)
        .filter(it -> it.getRawType() == Query.class || it.getRawType() == Command.class)
        .map(it -> it.getActualTypeArguments()[0])
        .findFirst()
        .orElseThrow(() ->
            new DeclarationException(
                "request %s must name the type of its reply, but does not: write Query<…> or Command<…>"
                    .formatted(request.getSimpleName())));
  }
}
