package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

/**
 * Reads every write back from every place where it must be found, and enters the counts in the
 * books. The target shows a write at once; the other places learn of it by notices and are asked
 * again until they show it or patience ends. Each thing is asked for once, however many writes it
 * shows.
 */
final class Audit {
  private static final long TELL_EVERY = 500;

  private final Workload workload;
  private final Books books;
  private final Reader reader;
  private final TrialListener listener;
  private final AtomicLong done = new AtomicLong();

  Audit(Workload workload, Books books, Reader reader, TrialListener listener) {
    this.workload = workload;
    this.books = books;
    this.reader = reader;
    this.listener = listener;
  }

  /**
   * One write to be looked for in one place.
   *
   * @param receipt empty when nobody ever acknowledged it
   */
  private record Search(Books.Entry entry, Optional<String> receipt, Spot spot) {}

  /** Reads all back, the targets first: they tell which unpromised writes are there after all. */
  void run() throws InterruptedException {
    var atTarget = new ArrayList<Search>();
    List<Search> elsewhere = Collections.synchronizedList(new ArrayList<>());
    for (Books.Entry entry : books.entries()) {
      Optional<String> receipt = receiptOf(entry);
      atTarget.add(new Search(entry, receipt, workload.spots(entry.write()).getFirst()));
      receipt.ifPresent(it -> addOthers(elsewhere, entry, it));
    }
    var here = byReading(atTarget);
    long total = (long) here.size() + byReading(elsewhere).size();
    read(here, (_, _) -> true, total, (search, shown) -> enterTarget(search, shown, elsewhere));
    var there = byReading(elsewhere);
    read(
        there,
        (request, shown) -> showsAll(there.getOrDefault(request, List.of()), shown),
        total,
        this::enter);
  }

  /** What is done with one search when its reading has settled. */
  private interface Entering {
    void enter(Search search, EdgeReply shown);
  }

  private void read(
      Map<EdgeRequest, List<Search>> readings,
      BiPredicate<EdgeRequest, EdgeReply> enough,
      long total,
      Entering entering)
      throws InterruptedException {
    reader.read(
        readings.keySet(),
        enough,
        (request, shown) -> {
          for (Search search : readings.getOrDefault(request, List.of())) {
            shown.ifPresentOrElse(
                it -> entering.enter(search, it), () -> unreadable(search, request));
          }
          tell(total);
        });
  }

  private void enterTarget(Search search, EdgeReply shown, List<Search> elsewhere) {
    if (search.receipt().isPresent()) {
      enter(search, shown);
      return;
    }
    Books.Entry entry = search.entry();
    Optional<String> receipt = workload.recognise(entry.write(), shown);
    if (receipt.isPresent() && entry.word() instanceof Books.Word.Declined) {
      books.contradicted(
          "the worker refused the write under key %s, but it is there as receipt %s"
              .formatted(entry.key(), receipt.get()));
    }
    receipt.ifPresent(it -> addOthers(elsewhere, entry, it));
  }

  private void enter(Search search, EdgeReply shown) {
    String key = search.entry().key();
    String receipt = search.receipt().orElseThrow();
    int times = count(search, shown);
    if (search.entry().word() instanceof Books.Word.Done) {
      books.found(key, receipt, search.spot(), times);
    } else {
      books.foundUnpromised(key, receipt, search.spot(), times);
    }
  }

  private void unreadable(Search search, EdgeRequest request) {
    books.unreadable(search.entry().key(), search.spot(), "no real reply to " + request.path());
  }

  private boolean showsAll(List<Search> searches, EdgeReply shown) {
    return searches.stream().allMatch(search -> count(search, shown) > 0);
  }

  private int count(Search search, EdgeReply shown) {
    var write = new Call.Acknowledged(search.entry().write(), search.receipt().orElseThrow());
    return workload.count(write, search.spot(), shown);
  }

  private Map<EdgeRequest, List<Search>> byReading(List<Search> searches) {
    var readings = new LinkedHashMap<EdgeRequest, List<Search>>();
    for (Search search : searches) {
      EdgeRequest request = workload.readBack(search.entry().write(), search.spot());
      readings.computeIfAbsent(request, _ -> new ArrayList<>()).add(search);
    }
    return readings;
  }

  private void addOthers(List<Search> searches, Books.Entry entry, String receipt) {
    workload.spots(entry.write()).stream()
        .skip(1)
        .forEach(spot -> searches.add(new Search(entry, Optional.of(receipt), spot)));
  }

  private void tell(long total) {
    long now = done.incrementAndGet();
    if (now % TELL_EVERY == 0 || now == total) {
      listener.on(new TrialEvent.Counting(now, total));
    }
  }

  private static Optional<String> receiptOf(Books.Entry entry) {
    return entry.word() instanceof Books.Word.Done done
        ? Optional.of(done.receipt())
        : Optional.empty();
  }
}
