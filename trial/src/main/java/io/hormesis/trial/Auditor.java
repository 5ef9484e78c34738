package io.hormesis.trial;

import io.hormesis.edge.EdgeRequest;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Reads from a running system what an audit asks for, and tells how far that is. */
final class Auditor {
  private static final long TELL_EVERY = 500;

  private final Audit audit;
  private final Reader reader;
  private final TrialListener listener;
  private final AtomicLong done = new AtomicLong();

  Auditor(Audit audit, Reader reader, TrialListener listener) {
    this.audit = audit;
    this.reader = reader;
    this.listener = listener;
  }

  /** Reads all, the targets first. */
  void run() throws InterruptedException {
    Set<EdgeRequest> targets = audit.targets();
    read(targets, (long) targets.size() + audit.othersByNow());
    Set<EdgeRequest> others = audit.others();
    read(others, (long) targets.size() + others.size());
  }

  private void read(Set<EdgeRequest> requests, long total) throws InterruptedException {
    reader.read(
        requests,
        audit::enough,
        (request, shown) -> {
          audit.settled(request, shown);
          tell(total);
        });
  }

  private void tell(long total) {
    long now = done.incrementAndGet();
    if (now % TELL_EVERY == 0 || now == total) {
      listener.on(new TrialEvent.Counting(now, total));
    }
  }
}
