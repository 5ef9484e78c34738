package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import java.util.function.Consumer;

/**
 * One attempt of a call on its way out, past its deadline, budget and route.
 *
 * @param server where it goes
 * @param respond takes the result of the attempt, if there ever is one
 */
public record OutgoingMessage(
    String server, Envelope envelope, Consumer<CallResult<byte[]>> respond) {}
