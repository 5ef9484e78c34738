package io.hormesis.trial;

import java.util.ArrayList;
import java.util.List;

/** Comes to the verdict. Pure. */
record Judge(Verdict verdict, List<String> reasons) {
  /** The share of failed requests must stay under one in so many. */
  private static final long FAILED_UNDER_ONE_IN = 1_000;

  /** The figures that a verdict rests on. */
  record Evidence(
      Report.Requests requests,
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
    long failed = seen.requests().failed();
    if (tooMany(failed, seen.requests().sent())) {
      broken.add(
          "%d of %d requests failed, which is not under 0.1 %%"
              .formatted(failed, seen.requests().sent()));
      if (seen.processors().saturated()) {
        broken.add(
            "this machine's %s: perhaps it is too slow for this load, so try a lower one"
                .formatted(seen.processors().text()));
      }
    }
    return broken;
  }

  private static List<String> missing(Evidence seen) {
    var missing = new ArrayList<String>();
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
