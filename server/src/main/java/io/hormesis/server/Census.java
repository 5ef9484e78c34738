package io.hormesis.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one server knows of all the others: what each said last, and which incarnation is known to
 * have ended. Evidence of an end holds for one incarnation: its late words are not believed, the
 * next one's are.
 *
 * <p>A state machine; time is in milliseconds of a monotonic clock. Not thread-safe.
 */
final class Census {
  private static final long SILENCE_MILLIS = 1500;

  private final Map<String, Known> servers = new LinkedHashMap<>();

  /**
   * A census of servers none of which was heard.
   *
   * @param now from when on their silence counts
   */
  Census(Collection<String> names, long now) {
    names.forEach(name -> servers.put(name, new Known(now)));
  }

  /** What came of a piece of news. */
  enum News {
    /** The server was thought to be away, and is not. */
    BACK,
    /** The server's process ended. */
    GONE,
    /** Nothing that others must act on. */
    NOTHING
  }

  /** A server told about itself. */
  News heard(Announcement announcement, long now) {
    Known known = servers.get(announcement.server());
    if (known == null || known.endedPid == announcement.pid()) {
      return News.NOTHING;
    }
    boolean away = known.away || known.silent || known.last.isEmpty();
    known.pid = announcement.pid();
    known.last = Optional.of(announcement);
    known.heardAt = now;
    known.silent = false;
    known.away = false;
    return away ? News.BACK : News.NOTHING;
  }

  /** Whether these are the last words of a server that is not known to have ended. */
  boolean believes(Announcement announcement) {
    return last(announcement.server()).filter(announcement::equals).isPresent();
  }

  /** A connection to a server stands: that incarnation lives, whatever was thought. */
  News connected(String server, long pid) {
    Known known = servers.get(server);
    if (known == null) {
      return News.NOTHING;
    }
    if (known.endedPid == pid) {
      known.endedPid = 0;
    }
    if (known.pid != pid) {
      known.pid = pid;
      known.last = Optional.empty();
    }
    if (!known.away) {
      return News.NOTHING;
    }
    known.away = false;
    return News.BACK;
  }

  /** Evidence that the process of an incarnation ended. */
  News ended(String server, long pid) {
    Known known = servers.get(server);
    if (known == null || known.endedPid == pid) {
      return News.NOTHING;
    }
    if (known.pid != 0 && known.pid != pid) {
      return News.NOTHING;
    }
    known.endedPid = pid;
    known.away = true;
    return News.GONE;
  }

  /** The servers that have said nothing for too long since this was last asked. */
  List<String> fallenSilent(long now) {
    List<String> fallen = new ArrayList<>();
    servers.forEach((name, known) -> {
      if (!known.silent && known.isSilent(now)) {
        known.silent = true;
        fallen.add(name);
      }
    });
    return fallen;
  }

  /** What the server said last; empty when it never did. */
  Optional<Announcement> last(String server) {
    return Optional.ofNullable(servers.get(server)).flatMap(it -> it.last);
  }

  /** The state of a server: its own word, unless there is evidence or a silence against it. */
  String state(String server, long now) {
    Known known = servers.get(server);
    if (known == null || known.away) {
      return "dead";
    }
    if (known.last.isEmpty()) {
      return "starting";
    }
    return known.isSilent(now) ? "suspect" : known.last.get().state();
  }

  /** All partitions that somebody alive leads. */
  List<Leading> leading() {
    return servers.values().stream()
        .filter(known -> !known.away)
        .flatMap(known -> known.last.stream())
        .flatMap(last -> last.leads().stream().map(lead -> new Leading(last.server(), lead)))
        .toList();
  }

  /** A partition and who leads it. */
  record Leading(String server, Announcement.Lead lead) {}

  private static final class Known {
    Optional<Announcement> last = Optional.empty();
    long heardAt;
    boolean silent;

    /** The incarnation that was last heard of or connected to; 0 before any. */
    long pid;

    long endedPid;
    boolean away;

    Known(long since) {
      heardAt = since;
    }

    boolean isSilent(long now) {
      return now - heardAt > SILENCE_MILLIS;
    }
  }
}
