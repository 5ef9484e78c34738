package io.hormesis.simulation.group;

import java.nio.ByteBuffer;

/** What a client or an outbox asks of a group. */
sealed interface GroupAsk {

  String key();

  /** Something that changes the key, once for each request number. */
  sealed interface Write extends GroupAsk {

    long request();

    /** The body, of which the fingerprint is taken. */
    int year();

    default String requestId() {
      return Long.toString(request());
    }

    default byte[] fingerprint() {
      return ByteBuffer.allocate(4).putInt(year()).array();
    }
  }

  /** Files a tax return: one for each key and year; the box is told. */
  record File(String key, long request, int year) implements Write {}

  /** Adds a note: always accepted, so what is applied twice shows. */
  record Note(String key, long request) implements Write {
    @Override
    public int year() {
      return 0;
    }
  }

  /** Puts into the box what the desk's outbox tells it. */
  record Keep(String key, long request, int year) implements Write {}

  /** Reads a key, linearizably. */
  record Read(String key) implements GroupAsk {}
}
