package io.hormesis.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A flight recorder of requests: what a server's workers are running now, in a memory-mapped file,
 * so that its parent can read after a crash under which requests the process ended. Thread-safe.
 *
 * <p>To note a request takes a few stores into memory and no call of the operating system. The
 * kernel keeps the file's pages when the process ends, however it ends; nothing is forced, so what
 * is noted does not survive the machine.
 *
 * <p>There are {@value #SLOTS} slots of {@value #SLOT_BYTES} bytes. What finds no free slot is not
 * noted, and a longer text is cut. A slot begins with the length of its text, written last and with
 * release, so that a slot that was being written when the process ended counts as free.
 */
public final class InFlightFile {
  /** The name of the file in a server's data folder. */
  public static final String NAME = "in-flight";

  static final int SLOTS = 128;
  static final int SLOT_BYTES = 512;

  private static final int SIZE = SLOTS * SLOT_BYTES;
  private static final int STARTED = 8;
  private static final int TEXT = 16;
  private static final int MOST_TEXT = SLOT_BYTES - TEXT;
  private static final int NONE = -1;
  private static final VarHandle LENGTH = ValueLayout.JAVA_INT.varHandle();
  private static final ValueLayout.OfLong MILLIS = ValueLayout.JAVA_LONG;

  private final MemorySegment memory;
  private final AtomicLongArray taken = new AtomicLongArray(SLOTS / Long.SIZE);

  private InFlightFile(MemorySegment memory) {
    this.memory = memory;
  }

  /**
   * Opens the file of a server that starts; what an earlier process left in it is wiped.
   *
   * @param folder the server's data folder
   */
  public static InFlightFile open(Path folder) throws IOException {
    try (FileChannel channel =
        FileChannel.open(folder.resolve(NAME), CREATE, READ, WRITE, TRUNCATE_EXISTING)) {
      // Written, not only made longer: a page that the disk has no room for would end the process.
      ByteBuffer zeros = ByteBuffer.allocate(SIZE);
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
      return new InFlightFile(channel.map(MapMode.READ_WRITE, 0, SIZE, Arena.ofAuto()));
    }
  }

  /**
   * Notes that a worker begins on a request.
   *
   * @return ends the note; to be run once, when the worker has ended in whatever way
   */
  public Runnable begin(InFlightRequest request) {
    int slot = take();
    if (slot == NONE) {
      return () -> {};
    }
    write((long) slot * SLOT_BYTES, request);
    return () -> free(slot);
  }

  /**
   * Reads which requests a process left unfinished, the oldest first; none when it has left no
   * file.
   *
   * @param folder the data folder of a server whose process has ended
   */
  public static List<InFlightRequest> read(Path folder) throws IOException {
    byte[] bytes;
    try (var file = Files.newInputStream(folder.resolve(NAME))) {
      bytes = file.readNBytes(SIZE);
    } catch (NoSuchFileException never) {
      return List.of();
    }
    MemorySegment memory = MemorySegment.ofArray(bytes);
    List<InFlightRequest> requests = new ArrayList<>();
    for (int start = 0; start + SLOT_BYTES <= bytes.length; start += SLOT_BYTES) {
      int length = memory.get(ValueLayout.JAVA_INT_UNALIGNED, start);
      if (length > 0 && length <= MOST_TEXT) {
        String text = new String(bytes, start + TEXT, length, UTF_8);
        long started = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, start + STARTED);
        requests.add(InFlightRequest.parse(started, text));
      }
    }
    requests.sort(Comparator.comparingLong(InFlightRequest::startedMillis));
    return requests;
  }

  /** Forgets what an earlier process left. */
  public static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }

  private void write(long start, InFlightRequest request) {
    byte[] text = request.text().getBytes(UTF_8);
    int length = Math.min(text.length, MOST_TEXT);
    memory.set(MILLIS, start + STARTED, request.startedMillis());
    MemorySegment.copy(text, 0, memory, ValueLayout.JAVA_BYTE, start + TEXT, length);
    LENGTH.setRelease(memory, start, length);
  }

  private int take() {
    for (int word = 0; word < taken.length(); word++) {
      long now = taken.get(word);
      while (now != -1L) {
        long bit = Long.lowestOneBit(~now);
        long before = taken.compareAndExchange(word, now, now | bit);
        if (before == now) {
          return word * Long.SIZE + Long.numberOfTrailingZeros(bit);
        }
        now = before;
      }
    }
    return NONE;
  }

  private void free(int slot) {
    LENGTH.setRelease(memory, (long) slot * SLOT_BYTES, 0);
    long bit = 1L << (slot % Long.SIZE);
    taken.accumulateAndGet(slot / Long.SIZE, ~bit, (now, others) -> now & others);
  }
}
