package io.hormesis.trial;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long each process and partition was silent: the time from a request's intended send to the
 * next real reply of the place that it asked, whichever request that reply belongs to. Places are
 * named as the edge names them in {@code Hormesis-Partition}. Times are nanoseconds since the load
 * began. Thread-safe; keeps 8 bytes a reply.
 */
final class Gaps {
  private final Map<String, Silence> places = new TreeMap<>();

  /** A request was meant to be sent to a place; may be told late, when its place becomes known. */
  synchronized void asked(String place, long intendedNanos) {
    places.computeIfAbsent(place, _ -> new Silence()).asked(intendedNanos);
  }

  /** A place gave a real reply. */
  synchronized void replied(String place, long atNanos) {
    places.computeIfAbsent(place, _ -> new Silence()).replied(atNanos);
  }

  /** The longest gap of every place; requests without any later reply wait until the end. */
  synchronized Map<String, Long> longestMillis(long endNanos) {
    var longest = new TreeMap<String, Long>();
    places.forEach((place, silence) -> longest.put(place, silence.longest(endNanos) / 1_000_000));
    return longest;
  }

  private static final class Silence {
    private static final long NOBODY = Long.MAX_VALUE;
    private long[] replies = new long[64]; // ascending
    private int count;
    private long waitingSince = NOBODY;
    private long longest;

    void asked(long intendedNanos) {
      int next = firstFrom(intendedNanos);
      if (next == count) {
        waitingSince = Math.min(waitingSince, intendedNanos);
      } else {
        longest = Math.max(longest, replies[next] - intendedNanos);
      }
    }

    void replied(long atNanos) {
      long ordered = count == 0 ? atNanos : Math.max(atNanos, replies[count - 1]);
      if (count == replies.length) {
        replies = Arrays.copyOf(replies, count * 2);
      }
      replies[count++] = ordered;
      if (waitingSince <= ordered) {
        longest = Math.max(longest, ordered - waitingSince);
        waitingSince = NOBODY;
      }
    }

    long longest(long endNanos) {
      return waitingSince == NOBODY ? longest : Math.max(longest, endNanos - waitingSince);
    }

    private int firstFrom(long nanos) {
      int low = 0;
      int high = count;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (replies[middle] < nanos) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
