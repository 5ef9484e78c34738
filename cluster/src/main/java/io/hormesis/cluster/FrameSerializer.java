package io.hormesis.cluster;

import org.apache.pekko.serialization.JSerializer;
import org.jspecify.annotations.Nullable;

/** Puts the bytes of a frame on the wire as they are, under a number and no class name. */
public final class FrameSerializer extends JSerializer {
  private static final int IDENTIFIER = 7301;

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public boolean includeManifest() {
    return false;
  }

  @Override
  public byte[] toBinary(Object frame) {
    return ((CarriedFrame) frame).bytes();
  }

  @Override
  public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
    return new CarriedFrame(bytes);
  }
}
