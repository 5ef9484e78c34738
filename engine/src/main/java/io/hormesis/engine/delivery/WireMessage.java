package io.hormesis.engine.delivery;

/** What the carrier takes from server to server on behalf of requests. */
public sealed interface WireMessage {

  /** There: a message in its envelope. */
  record Outbound(Envelope envelope) implements WireMessage {}

  /**
   * Back: the result of an attempt of a call.
   *
   * @param call the envelope's call number
   * @param from the server that responds
   */
  record Inbound(long call, String from, CallResult<byte[]> result) implements WireMessage {}
}
