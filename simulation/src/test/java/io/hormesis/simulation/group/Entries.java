package io.hormesis.simulation.group;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The state of a key, at the desk or in the box: what was applied to it, in order. Every request
 * that is applied leaves its number, so that one lost or applied twice can be seen.
 */
record Entries(List<Entry> list) {

  /**
   * One applied request.
   *
   * @param year of a tax return; 0 for a note
   */
  record Entry(int year, long request) {
    static final int BYTES = 12;
  }

  Entries {
    list = List.copyOf(list);
  }

  static Entries of(Optional<byte[]> state) {
    ByteBuffer bytes = ByteBuffer.wrap(state.orElseGet(() -> new byte[0]));
    List<Entry> list = new ArrayList<>(bytes.remaining() / Entry.BYTES);
    while (bytes.hasRemaining()) {
      list.add(new Entry(bytes.getInt(), bytes.getLong()));
    }
    return new Entries(list);
  }

  boolean has(int year) {
    return list.stream().anyMatch(entry -> entry.year == year);
  }

  /** The state's bytes with one more entry behind them. */
  static byte[] with(Optional<byte[]> state, Entry entry) {
    byte[] before = state.orElseGet(() -> new byte[0]);
    return ByteBuffer.allocate(before.length + Entry.BYTES)
        .put(before)
        .putInt(entry.year)
        .putLong(entry.request)
        .array();
  }
}
