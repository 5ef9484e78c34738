package io.hormesis.engine.delivery;

/**
 * A tagged optional header of an envelope, as it came: this server does not know its tag.
 *
 * @param tag its number, from 1; a number never changes its meaning
 * @param critical whether whoever does not know it must refuse the message; else it is passed on
 * @param value its bytes, at most {@value #LONGEST}
 */
@SuppressWarnings("ArrayRecordComponent")
public record Header(int tag, boolean critical, byte[] value) {
  /** The longest value, in bytes. */
  public static final int LONGEST = 4096;

  /** The most headers of one message. */
  public static final int MOST = 32;

  public Header {
    if (tag < 1 || value.length > LONGEST) {
      throw new IllegalArgumentException(
          "a header must have a tag from 1 and at most %d bytes, but has tag %d and %d bytes"
              .formatted(LONGEST, tag, value.length));
    }
  }
}
