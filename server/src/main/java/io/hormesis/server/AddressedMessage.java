package io.hormesis.server;

import io.hormesis.engine.delivery.MessageRegistry.Word;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.Trace;

/**
 * A message that is ready to be sent.
 *
 * @param requestId names its intent
 * @param deadline in milliseconds of the monotonic clock
 */
record AddressedMessage(
    Word word, Target place, byte[] payload, String requestId, long deadline, Trace trace) {}
