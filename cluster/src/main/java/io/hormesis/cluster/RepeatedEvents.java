package io.hormesis.cluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Lets the first few of what the platform logs again and again through, and counts the others:
 * their number is told once a while. So a flood from outside is a few lines in the log. What
 * authors log is theirs. Thread-safe.
 *
 * <p>Events are the same when logger and text before its values are.
 */
final class RepeatedEvents extends TurboFilter {
  static final int TOLD_EACH_WINDOW = 20;
  static final long WINDOW_NANOS = 10_000_000_000L;

  /** Beyond so many kinds of event the one that was counted first is forgotten. */
  private static final int MOST_KINDS = 500;

  private static final List<String> PLATFORM =
      List.of("io.hormesis.", "io.netty.", "io.microraft.");
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(RepeatedEvents.class);

  private final LongSupplier nanos;
  private final Map<String, Counted> kinds =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Counted> eldest) {
          return size() > MOST_KINDS;
        }
      };

  private static final class Counted {
    final String text;
    final long since;
    long times;

    Counted(String text, long since) {
      this.text = text;
      this.since = since;
    }

    long untold() {
      return Math.max(0, times - TOLD_EACH_WINDOW);
    }
  }

  RepeatedEvents(LongSupplier nanos) {
    this.nanos = nanos;
    setName("repeated events");
  }

  /**
   * Counts from now on all that this process logs. Somebody must let it {@link #tell} now and then.
   */
  static RepeatedEvents install() {
    RepeatedEvents repeated = new RepeatedEvents(System::nanoTime);
    ((LoggerContext) LoggerFactory.getILoggerFactory()).addTurboFilter(repeated);
    return repeated;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] values,
      @Nullable Throwable thrown) {
    String name = logger.getName();
    if (format == null
        || level.levelInt < Level.INFO_INT
        || name.equals(LOG.getName())
        || PLATFORM.stream().noneMatch(name::startsWith)) {
      return FilterReply.NEUTRAL;
    }
    return count(name + format, format) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  private synchronized boolean count(String kind, String text) {
    Counted counted = kinds.computeIfAbsent(kind, _ -> new Counted(text, nanos.getAsLong()));
    counted.times++;
    return counted.times <= TOLD_EACH_WINDOW;
  }

  /** Tells what was counted in windows that are over, and begins new ones. */
  void tell() {
    for (Counted counted : over()) {
      if (counted.untold() > 0) {
        String more = String.format(Locale.ROOT, "%,d", counted.untold());
        LOG.warn("... and {} more like: {}", more, counted.text);
      }
    }
  }

  private synchronized List<Counted> over() {
    long now = nanos.getAsLong();
    List<Counted> over = new ArrayList<>();
    kinds.values().removeIf(it -> now - it.since >= WINDOW_NANOS && over.add(it));
    return over;
  }
}
