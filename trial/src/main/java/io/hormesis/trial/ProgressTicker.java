package io.hormesis.trial;

/** Tells what happened in each second of load. For one thread. */
final class ProgressTicker {
  private final Tally tally;
  private final TrialListener listener;
  private Report.Requests before = new Report.Requests(0, 0, 0, 0, 0, 0);
  private long told;

  ProgressTicker(Tally tally, TrialListener listener) {
    this.tally = tally;
    this.listener = listener;
  }

  /** Tells the second that has just ended; late by as much as it is called late. */
  void at(long millis, int underWay) {
    if (millis / 1_000 > told) {
      told = millis / 1_000;
      Report.Requests now = tally.requests();
      listener.on(new TrialEvent.Second(told, difference(now, before), underWay));
      before = now;
    }
  }

  private static Report.Requests difference(Report.Requests now, Report.Requests before) {
    return new Report.Requests(
        now.sent() - before.sent(),
        now.replied() - before.replied(),
        now.defaultReplies() - before.defaultReplies(),
        now.refused() - before.refused(),
        now.unknown() - before.unknown(),
        now.failed() - before.failed());
  }
}
