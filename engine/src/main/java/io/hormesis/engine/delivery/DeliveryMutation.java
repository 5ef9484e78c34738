package io.hormesis.engine.delivery;

/** Errors that a test may build in, to prove that they would be found. Never used in production. */
public enum DeliveryMutation {
  /** An instance whose server is dead is chosen like any other, for ever. */
  ROUTE_TO_THE_DEAD,
  /** Whoever changed something and hears nothing gets the last reply that somebody else got. */
  DEFAULT_REPLY_TO_COMMANDS
}
