package io.hormesis.server;

import io.hormesis.engine.delivery.ContextCodec;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.MessageRegistry.Word;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
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
  OutgoingNotice outgoing(Record notice, RequestContext context) {
    Word word =
        registry
            .find(notice.getClass())
            .filter(it -> it.message().kind() == MessageType.Kind.NOTICE)
            .orElseThrow(() ->
                new IllegalStateException(
                    "notice %s is in no contract of the application: add its process"
                        .formatted(notice.getClass().getSimpleName())));
    String key = word.process().stateful() ? Addressing.key(word.process(), notice) : "";
    return new OutgoingNotice(
        word.process().name(),
        word.number(),
        key,
        codec.encode(notice),
        context.id(),
        ContextCodec.encode(context));
  }

  /** Where an entry of an outbox is to be taken. */
  Target target(OutgoingNotice notice) {
    return Addressing.target(word(notice).process(), notice.key());
  }

  /** The message that takes an entry of an outbox to its receiver. */
  AddressedMessage message(OutgoingNotice notice, long deadline) {
    Word word = word(notice);
    return new AddressedMessage(
        "outbox",
        word,
        target(notice),
        notice.key(),
        word.message().name(),
        notice.payload(),
        deadline,
        context(notice));
  }

  /** A log of the first version holds notices without a context. */
  private RequestContext context(OutgoingNotice notice) {
    return notice.context().length == 0
        ? RequestContext.begin(Trace.named(notice.requestId()), Priority.BACKGROUND)
            .named(notice.requestId(), false)
        : ContextCodec.decode(notice.context());
  }

  private Word word(OutgoingNotice notice) {
    return registry
        .find(notice.process(), notice.type())
        .orElseThrow(() ->
            new IllegalStateException(
                "the outbox holds notice %d for %s, which no contract has: bring it back"
                    .formatted(notice.type(), notice.process())));
  }
}
