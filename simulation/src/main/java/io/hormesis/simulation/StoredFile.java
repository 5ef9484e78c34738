package io.hormesis.simulation;

import java.util.Arrays;

/**
 * The bytes of a file: as programs see them, and as they would be after a loss of power.
 *
 * <p>Both lie in one array as long as the file only grows; cutting it makes a copy, so that what
 * was forced before stays as it was until the next force.
 */
final class StoredFile {

  private byte[] bytes = new byte[256];
  private int length;
  private byte[] forced = bytes;
  private int forcedLength;

  /** Whether the file was cut below what is forced: then the two arrays differ. */
  private boolean cut;

  private boolean pagesLost;

  int length() {
    return length;
  }

  void append(byte[] added, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
      forced = cut ? forced : bytes;
    }
    System.arraycopy(added, 0, bytes, length, count);
    length += count;
  }

  byte[] read(int offset, int count) {
    return Arrays.copyOfRange(bytes, offset, offset + count);
  }

  /** Turns a bit over, on the disk too. */
  void flip(int offset, int bit) {
    bytes[offset] ^= (byte) (1 << bit);
  }

  void truncate(int to) {
    if (to < forcedLength && !cut) {
      bytes = Arrays.copyOf(bytes, bytes.length);
      cut = true;
    }
    length = to;
  }

  /** How many bytes a loss of power would take. */
  int unforced() {
    return cut ? length : length - forcedLength;
  }

  /** Makes what programs see survive, unless a force failed and it was not written again. */
  void force() {
    if (!pagesLost) {
      forced = bytes;
      forcedLength = length;
      cut = false;
    }
  }

  /**
   * A force that failed: the system has marked the pages clean, so no later force writes them until
   * they are written again (Rebello et al., Can Applications Recover from fsync Failures?, ATC
   * 2020).
   */
  void forceFailed() {
    pagesLost = true;
  }

  /** All pages are to be written by the next force. */
  void writeAgain() {
    pagesLost = false;
  }

  /** The power goes: unforced bytes are lost, kept in part, or come back as zeros. */
  void powerLost(Dice dice) {
    if (pagesLost || (cut && dice.chance(0.5))) {
      bytes = forced;
      length = forcedLength;
    } else if (!cut) {
      tear(dice);
    }
    pagesLost = false;
    cut = false;
    forced = bytes;
    forcedLength = length;
  }

  private void tear(Dice dice) {
    int kept =
        dice.chance(0.3) ? forcedLength : forcedLength + dice.below(length - forcedLength + 1);
    if (dice.chance(0.2)) {
      Arrays.fill(bytes, kept, length, (byte) 0);
      kept += dice.below(length - kept + 1);
    }
    length = kept;
  }
}
