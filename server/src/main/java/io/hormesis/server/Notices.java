package io.hormesis.server;

import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.MessageRegistry.Word;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.placement.Partitions;
import io.hormesis.process.MessageType;
import io.hormesis.replication.OutgoingNotice;

/** How a notice stands in an outbox: its process and number, its key, its bytes, its id. */
final class Notices {
  private final MessageRegistry registry;
  private final PlainCodec codec;

  Notices(MessageRegistry registry, PlainCodec codec) {
    this.registry = registry;
    this.codec = codec;
  }

  /** The entry of an outbox for a notice. */
  OutgoingNotice outgoing(Record notice, String id) {
    Word word =
        registry
            .find(notice.getClass())
            .filter(it -> it.message().kind() == MessageType.Kind.NOTICE)
            .orElseThrow(() ->
                new IllegalStateException(
                    "notice %s is in no contract of the application: add its process"
                        .formatted(notice.getClass().getSimpleName())));
    String key = word.process().stateful() ? Addressing.key(word.process(), notice) : "";
    return new OutgoingNotice(word.process().name(), word.number(), key, codec.encode(notice), id);
  }

  /** Where an entry of an outbox is to be taken. */
  Target place(OutgoingNotice notice) {
    return place(word(notice), notice.key());
  }

  /** The message that takes an entry of an outbox to its receiver. */
  AddressedMessage message(OutgoingNotice notice, long deadline, Trace trace) {
    return new AddressedMessage(
        word(notice), place(notice), notice.payload(), notice.requestId(), deadline, trace);
  }

  private Word word(OutgoingNotice notice) {
    return registry
        .find(notice.process(), notice.type())
        .orElseThrow(() ->
            new IllegalStateException(
                "the outbox holds notice %d for %s, which no contract has: bring it back"
                    .formatted(notice.type(), notice.process())));
  }

  private static Target place(Word word, String key) {
    String process = word.process().name();
    return word.process().state().isEmpty()
        ? Target.of(process)
        : Target.of(process, Partitions.of(key, word.process().state().get().partitions()));
  }
}
