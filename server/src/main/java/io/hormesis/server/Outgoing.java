package io.hormesis.server;

import io.hormesis.engine.delivery.Place;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.delivery.Vocabulary.Word;

/**
 * A message that is ready to be sent.
 *
 * @param requestId names its intent
 * @param deadline in milliseconds of the monotonic clock
 */
record Outgoing(
    Word word, Place place, byte[] payload, String requestId, long deadline, Trace trace) {}
