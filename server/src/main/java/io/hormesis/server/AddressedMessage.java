package io.hormesis.server;

import io.hormesis.engine.delivery.MessageRegistry.Word;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Target;

/**
 * A message that is ready to be sent.
 *
 * @param by the process that sends it; {@code edge} or {@code outbox} for those
 * @param key the key that it is about; empty when its process keeps no state
 * @param deadline in milliseconds of the monotonic clock
 */
@SuppressWarnings("ArrayRecordComponent")
record AddressedMessage(
    String by,
    Word word,
    Target to,
    String key,
    Object message,
    byte[] payload,
    long deadline,
    RequestContext context) {}
