package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The lines of a run's trace, packed in memory: at most so much that the program can go on. */
final class KeptTrace {
  private static final int MOST_BYTES = 64 << 20;
  private static final int BUFFER = 1 << 16;

  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final DataOutputStream lines =
      new DataOutputStream(new DeflaterOutputStream(packed, true));
  private boolean full;

  void add(String line) {
    full |= packed.size() > MOST_BYTES;
    if (!full) {
      byte[] bytes = line.getBytes(UTF_8);
      try {
        lines.writeInt(bytes.length);
        lines.write(bytes);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }

  /** Whether there were more lines than were kept. */
  boolean full() {
    return full;
  }

  /** Reads the lines from the first one on; nothing can be added any more. */
  Reader reader() {
    try {
      lines.close();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Reader(
        new DataInputStream(
            new InflaterInputStream(
                new ByteArrayInputStream(packed.toByteArray()),
                new java.util.zip.Inflater(),
                BUFFER)));
  }

  /** Goes through the lines. */
  record Reader(DataInputStream lines) {

    /** The next line; empty when there is none. */
    Optional<String> next() {
      try {
        byte[] length = lines.readNBytes(Integer.BYTES);
        return length.length < Integer.BYTES
            ? Optional.empty()
            : Optional.of(
                new String(lines.readNBytes(java.nio.ByteBuffer.wrap(length).getInt()), UTF_8));
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
