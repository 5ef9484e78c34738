package io.hormesis.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The processor of one life of a server: so many cores, and the threads that wait for one, first
 * come first served. What a thread does on it takes virtual time, for which its core is busy; while
 * a thread waits for a disk, the core is another's.
 *
 * <p>The threads are those of a real server: one for the link and what shares its loop, one for the
 * doors, one for each strand that may block, and as many for workers as there are cores.
 */
public final class Processor {
  private static final int DRAWN_FROM = 2;

  private final VirtualTime time;
  private final Dice dice;
  private final Incarnation life;
  private final Standstill standstill;
  private final ServiceTimes times;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final ProcessorThread link = new ProcessorThread();
  private final ProcessorThread doors = new ProcessorThread();
  private final List<ProcessorThread> workers = new ArrayList<>();
  private int free;
  private int nextWorker;
  private boolean working;
  private long charged;
  private long busyNanos;

  Processor(
      VirtualTime time, Dice dice, Incarnation life, Standstill standstill, ServiceTimes times) {
    this.time = time;
    this.dice = dice;
    this.life = life;
    this.standstill = standstill;
    this.times = times;
    free = times.cores();
    for (int core = 0; core < times.cores(); core++) {
      workers.add(new ProcessorThread());
    }
  }

  /** What its work takes. */
  public ServiceTimes times() {
    return times;
  }

  /** The thread of the link, and of strands that never block. */
  public ProcessorThread link() {
    return link;
  }

  /** The thread of the doors for callers. */
  public ProcessorThread doors() {
    return doors;
  }

  /** A thread for a worker's next piece of work. */
  ProcessorThread worker() {
    nextWorker = (nextWorker + 1) % workers.size();
    return workers.get(nextWorker);
  }

  /** A new thread. */
  ProcessorThread thread() {
    return new ProcessorThread();
  }

  /** Virtual nanoseconds since the world began. */
  public long nanos() {
    return time.nanos();
  }

  /** How long its cores have been busy, together. */
  public Duration busy() {
    return Duration.ofNanos(busyNanos);
  }

  /** What runs on it now takes so much more, on average; nothing when nothing does. */
  public void charge(Duration mean) {
    if (working) {
      long most = mean.toNanos() * DRAWN_FROM * 3 / 4;
      long nanos = most == 0 ? 0 : dice.between(most / 3, most);
      charged += nanos;
      time.spend(nanos);
    }
  }

  private void want(Runnable work) {
    waiting.add(work);
    time.after(0, this::next);
  }

  private void next() {
    if (life.ended()) {
      waiting.clear();
    } else if (standstill.lasts()) {
      standstill.hold(this::next);
    } else if (free > 0 && !waiting.isEmpty()) {
      free--;
      work(waiting.remove());
      time.sinceItBegan(charged, this::done);
    }
  }

  private void work(Runnable work) {
    charged = 0;
    working = true;
    try {
      work.run();
    } finally {
      working = false;
      busyNanos += charged;
    }
  }

  private void done() {
    free++;
    next();
  }

  /** A thread of the server: does one thing after another, each when it gets a core. */
  public final class ProcessorThread {
    private final Deque<Work> tasks = new ArrayDeque<>();
    private boolean busy;
    private long freeAt;

    private record Work(Duration mean, Runnable task) {}

    private ProcessorThread() {}

    /**
     * Does something when its turn comes.
     *
     * @param mean how long it takes, on average; what it charges comes on top
     * @param task must not throw
     */
    public void execute(Duration mean, Runnable task) {
      Work work = new Work(mean, task);
      if (time.ahead()) {
        time.after(0, () -> enqueue(work));
      } else {
        enqueue(work);
      }
    }

    private void enqueue(Work work) {
      if (!life.ended()) {
        tasks.add(work);
        if (!busy) {
          busy = true;
          time.at(Math.max(time.nanos(), freeAt), () -> want(this::doNext));
        }
      }
    }

    private void doNext() {
      Work work = tasks.remove();
      charge(work.mean());
      work.task().run();
      freeAt = time.nanos();
      busy = !tasks.isEmpty();
      if (busy) {
        time.at(freeAt, () -> want(this::doNext));
      }
    }
  }
}
