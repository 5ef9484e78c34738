package io.hormesis.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Comes to the verdict. Pure. */
record Judge(Verdict verdict, List<String> reasons) {
  /** The share of failed requests must stay under one in so many. */
  private static final long FAILED_UNDER_ONE_IN = 1_000;

  /**
   * What the system refused at once because more was asked than it can do.
   *
   * @param count such refusals
   * @param seconds how long the load was sent
   */
  record Shed(long count, double seconds) {}

  /** The figures that a verdict rests on. */
  record Evidence(
      Report.Requests requests,
      Shed shed,
      Report.Writes writes,
      long contradictions,
      boolean strikesAsked,
      long strikesMet,
      Processors processors) {}

  static Judge of(Evidence seen) {
    List<String> broken = broken(seen);
    if (!broken.isEmpty()) {
      return new Judge(Verdict.REJECTED, broken);
    }
    List<String> missing = missing(seen);
    return new Judge(missing.isEmpty() ? Verdict.HELD : Verdict.INCONCLUSIVE, missing);
  }

  /** Whether more failed than may. */
  static boolean tooMany(long failed, long requests) {
    return failed > 0 && failed * FAILED_UNDER_ONE_IN >= requests;
  }

  private static List<String> broken(Evidence seen) {
    var broken = new ArrayList<String>();
    if (seen.writes().lost() > 0) {
      broken.add("%d acknowledged writes were lost".formatted(seen.writes().lost()));
    }
    if (seen.writes().doubled() > 0) {
      broken.add("%d writes were applied more than once".formatted(seen.writes().doubled()));
    }
    if (seen.contradictions() > 0) {
      broken.add("%d replies were not true".formatted(seen.contradictions()));
    }
    long sent = seen.requests().sent();
    long failed = seen.requests().failed();
    if (tooMany(failed, sent) && !aboveCapacity(seen)) {
      broken.add("%d of %d requests failed, which is not under 0.1 %%".formatted(failed, sent));
      if (seen.shed().count() > 0) {
        broken.add(refusedAtOnce(seen));
      } else if (seen.processors().saturated()) {
        broken.add(
            "this machine's %s and nothing was refused at once: perhaps more was asked than can be done, so see ./hormesis bench capacity for how much that is"
                .formatted(seen.processors().text()));
      }
    }
    return broken;
  }

  /** To be refused at once breaks no promise; but a load that is too much tries none either. */
  private static boolean aboveCapacity(Evidence seen) {
    long otherwise = seen.requests().failed() - seen.shed().count();
    return seen.shed().count() > 0 && !tooMany(otherwise, seen.requests().sent());
  }

  private static String refusedAtOnce(Evidence seen) {
    return String.format(
        Locale.ROOT,
        "the system refused %.0f %% at once, as it should: its capacity here is about %.0f requests/s",
        100.0 * seen.shed().count() / seen.requests().sent(),
        seen.requests().replied() / Math.max(seen.shed().seconds(), 1e-3));
  }

  private static List<String> missing(Evidence seen) {
    var missing = new ArrayList<String>();
    if (tooMany(seen.requests().failed(), seen.requests().sent())) {
      missing.add(refusedAtOnce(seen));
    }
    if (seen.requests().sent() == 0) {
      missing.add("no request was sent");
    }
    if (seen.writes().acknowledged() == 0) {
      missing.add("no write was acknowledged");
    }
    if (seen.strikesAsked() && seen.strikesMet() == 0) {
      missing.add("no kill was met");
    }
    return missing;
  }
}
