package io.hormesis.engine.delivery;

/**
 * The envelope of a message on its way: ours, not the carrier's. It crosses every hop.
 *
 * @param call number of the call on the server that asks
 * @param asker name of that server
 * @param to where it is to be handled
 * @param key the key that it is about; empty when the process keeps no state
 * @param type number of the message in the contract of its process
 * @param payload the message, encoded
 * @param leftMillis how long its asker still waits, in milliseconds from when it was sent: a time
 *     that no two clocks need to agree on
 * @param context what travels with it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Envelope(
    long call,
    String asker,
    Target to,
    String key,
    int type,
    byte[] payload,
    long leftMillis,
    RequestContext context) {

  /** Names the intent: applied once, however often it comes. */
  public String requestId() {
    return context.id();
  }

  /** Where the request stands in its trace. */
  public Trace trace() {
    return context.trace();
  }
}
