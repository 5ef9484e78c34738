package io.hormesis.engine.delivery;

/**
 * What is around a message on its way: ours, not the carrier's. It crosses every hop.
 *
 * @param call number of the call on the server that asks
 * @param asker name of that server
 * @param to where it is to be handled
 * @param type number of the message in the contract of its process
 * @param payload the message, encoded
 * @param requestId names the intent: applied once, however often it comes
 * @param leftMillis how long its asker still waits, in milliseconds from when it was sent: a time
 *     that no two clocks need to agree on
 * @param attempt 1 for the first try
 */
public record Envelope(
    long call,
    String asker,
    Target to,
    int type,
    byte[] payload,
    String requestId,
    long leftMillis,
    int attempt,
    Trace trace) {}
