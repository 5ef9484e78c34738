package io.hormesis.server;

import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.storage.Disk;
import io.hormesis.storage.SmallFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;

/**
 * The manifest of a store on its disk: the number of its format (one byte), then the manifest as
 * plain data. Components with a default may be added to that under the same number.
 *
 * <p>Before there was one, a store had only the list of its message numbers; such a one is checked
 * once more, and replaced.
 */
final class ManifestFile {
  private static final String FILE = "manifest.cbor";
  private static final String BEFORE = "messages.cbor";
  private static final byte FORMAT = 1;

  private final Disk disk;
  private final PlainCodec codec;

  ManifestFile(Disk disk, PlainCodec codec) {
    this.disk = disk;
    this.codec = codec;
  }

  /**
   * Compares the code with what the store holds, and from then on the store may hold what this code
   * writes.
   *
   * @throws UncheckedIOException when the manifest is damaged
   * @throws UnfitStoreException when the code would not read all that the store holds
   */
  void keep(StoreManifest now, MessageRegistry registry) {
    try {
      Optional<StoreManifest> was = read();
      if (was.isPresent()) {
        ManifestCheck.compare(was.get(), now);
      } else {
        checkNumbers(registry);
      }
      if (!was.equals(Optional.of(now))) {
        new SmallFile(disk, FILE).write(encoded(now));
      }
      disk.delete(BEFORE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Optional<StoreManifest> read() throws IOException {
    return new SmallFile(disk, FILE).read().map(this::decoded);
  }

  private byte[] encoded(StoreManifest manifest) {
    byte[] body = codec.encode(manifest);
    byte[] bytes = new byte[body.length + 1];
    bytes[0] = FORMAT;
    System.arraycopy(body, 0, bytes, 1, body.length);
    return bytes;
  }

  private StoreManifest decoded(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != FORMAT) {
      throw new UnfitStoreException(
          "%s must have format %d, but has %s: start the release that wrote it"
              .formatted(FILE, FORMAT, bytes.length == 0 ? "none" : String.valueOf(bytes[0])));
    }
    byte[] body = java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
    return (StoreManifest) codec.decode(body, StoreManifest.class);
  }

  private void checkNumbers(MessageRegistry registry) throws IOException {
    Optional<byte[]> recorded = new SmallFile(disk, BEFORE).read();
    if (recorded.isPresent()) {
      try {
        registry.check(texts(recorded.get()));
      } catch (MalformedMessage other) {
        throw new UnfitStoreException(other.reason());
      }
    }
  }

  // A map from text to text is all that was ever written there.
  @SuppressWarnings("unchecked")
  private Map<String, String> texts(byte[] bytes) {
    return (Map<String, String>) codec.decode(bytes, new TextMap());
  }

  /** The type of the list of before. */
  private record TextMap() implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {String.class, String.class};
    }

    @Override
    public Type getRawType() {
      return Map.class;
    }

    @Override
    public Type getOwnerType() {
      return Map.class;
    }
  }
}
