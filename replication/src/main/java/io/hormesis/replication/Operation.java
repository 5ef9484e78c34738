package io.hormesis.replication;

/** A command as MicroRaft carries it: encoded once, then stored and sent as it is. */
@SuppressWarnings("ArrayRecordComponent")
record Operation(byte[] bytes) {

  static Operation of(Command command) {
    return new Operation(command.encode());
  }

  @Override
  public String toString() {
    return "Operation[" + bytes.length + " bytes]";
  }
}
