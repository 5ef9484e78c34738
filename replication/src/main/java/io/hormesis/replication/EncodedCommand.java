package io.hormesis.replication;

/** A command as MicroRaft carries it: encoded once, then stored and sent as it is. */
@SuppressWarnings("ArrayRecordComponent")
record EncodedCommand(byte[] bytes) {

  static EncodedCommand of(LogCommand command) {
    return new EncodedCommand(command.encode());
  }

  @Override
  public String toString() {
    return "Operation[" + bytes.length + " bytes]";
  }
}
