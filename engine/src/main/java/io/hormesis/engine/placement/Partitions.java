package io.hormesis.engine.placement;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;

/** Which partition a key belongs to: the same on every server and for ever. */
public final class Partitions {
  private Partitions() {}

  /** The partition of a key, from 0 up to {@code partitions}, exclusive. */
  public static int of(String key, int partitions) {
    CRC32C checksum = new CRC32C();
    checksum.update(key.getBytes(UTF_8));
    return (int) (checksum.getValue() % partitions);
  }
}
