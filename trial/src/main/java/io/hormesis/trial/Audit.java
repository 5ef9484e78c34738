package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what must be read to find every write in every place where it must be, and enters what was
 * found in the books. First the {@link #targets()}: they show a write at once, and tell which
 * unpromised writes are there after all. Then the {@link #others()}, which learn of a write by
 * notices and are asked again until they show {@link #enough}, or patience ends. Each thing is
 * asked for once, however many writes it shows.
 *
 * <p>It sends nothing and waits for nothing: whoever drives it reads, in real time or in virtual
 * time. Different requests may be settled by different threads at a time.
 */
public final class Audit {
  private final Optional<Workload> workload;
  private final TrialBooks books;
  private final List<Search> elsewhere = Collections.synchronizedList(new ArrayList<>());
  private volatile Map<EdgeRequest, List<Search>> readings = Map.of();
  private volatile boolean atTargets = true;

  /**
   * An audit of books.
   *
   * @param workload knows how writes are read back; empty when nobody does: nothing is read then
   */
  Audit(Optional<Workload> workload, TrialBooks books) {
    this.workload = workload;
    this.books = books;
  }

  /**
   * One write to be looked for in one place.
   *
   * @param receipt empty when nobody ever acknowledged it
   */
  private record Search(TrialBooks.Entry entry, Optional<String> receipt, ReadBackTarget spot) {}

  /** What is to be read first; every one of them is to be settled before the others are asked. */
  public Set<EdgeRequest> targets() {
    var searches = new ArrayList<Search>();
    for (TrialBooks.Entry entry :
        workload.isPresent() ? books.entries() : List.<TrialBooks.Entry>of()) {
      Optional<String> receipt = receiptOf(entry);
      searches.add(new Search(entry, receipt, workload().spots(entry.write()).getFirst()));
      receipt.ifPresent(it -> addOthers(entry, it));
    }
    return begin(searches, true);
  }

  /** What is to be read then. */
  public Set<EdgeRequest> others() {
    return begin(List.copyOf(elsewhere), false);
  }

  /** How many others there are to be read; targets may yet bring more. */
  int othersByNow() {
    return byReading(List.copyOf(elsewhere)).size();
  }

  /** Whether a reply shows all that is waited for; if not, the request is to be sent again. */
  public boolean enough(EdgeRequest request, EdgeReply shown) {
    return shown.isReal() && (atTargets || showsAll(searches(request), shown));
  }

  /**
   * A request has been read, and will not be sent again; to be called once for each.
   *
   * @param shown the first reply that was enough, else the last one; empty when there was none
   */
  public void settled(EdgeRequest request, Optional<EdgeReply> shown) {
    Optional<EdgeReply> real = shown.filter(EdgeReply::isReal);
    for (Search search : searches(request)) {
      real.ifPresentOrElse(
          it -> {
            if (atTargets) {
              enterTarget(search, it);
            } else {
              enter(search, it);
            }
          },
          () -> unreadable(search, request));
    }
  }

  private Workload workload() {
    return workload.orElseThrow();
  }

  private Set<EdgeRequest> begin(List<Search> searches, boolean targets) {
    readings = byReading(searches);
    atTargets = targets;
    return Collections.unmodifiableSet(readings.keySet());
  }

  private List<Search> searches(EdgeRequest request) {
    return readings.getOrDefault(request, List.of());
  }

  private void enterTarget(Search search, EdgeReply shown) {
    if (search.receipt().isPresent()) {
      enter(search, shown);
      return;
    }
    TrialBooks.Entry entry = search.entry();
    Optional<String> receipt = workload().recognise(entry.write(), shown);
    if (receipt.isPresent() && entry.word() instanceof TrialBooks.Word.Declined) {
      books.contradicted(
          "the worker refused the write under key %s, but it is there as receipt %s"
              .formatted(entry.key(), receipt.get()));
    }
    receipt.ifPresent(it -> addOthers(entry, it));
  }

  private void enter(Search search, EdgeReply shown) {
    String key = search.entry().key();
    String receipt = search.receipt().orElseThrow();
    int times = count(search, shown);
    if (search.entry().word() instanceof TrialBooks.Word.Done) {
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
    var write = new TrialCall.Acknowledged(search.entry().write(), search.receipt().orElseThrow());
    return workload().count(write, search.spot(), shown);
  }

  private Map<EdgeRequest, List<Search>> byReading(List<Search> searches) {
    var readings = new LinkedHashMap<EdgeRequest, List<Search>>();
    for (Search search : searches) {
      EdgeRequest request = workload().readBack(search.entry().write(), search.spot());
      readings.computeIfAbsent(request, _ -> new ArrayList<>()).add(search);
    }
    return readings;
  }

  private void addOthers(TrialBooks.Entry entry, String receipt) {
    workload().spots(entry.write()).stream()
        .skip(1)
        .forEach(spot -> elsewhere.add(new Search(entry, Optional.of(receipt), spot)));
  }

  private static Optional<String> receiptOf(TrialBooks.Entry entry) {
    return entry.word() instanceof TrialBooks.Word.Done done
        ? Optional.of(done.receipt())
        : Optional.empty();
  }
}
