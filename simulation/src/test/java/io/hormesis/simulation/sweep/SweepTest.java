package io.hormesis.simulation.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Outcome;
import io.hormesis.process.Reply;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import io.hormesis.process.Worker;
import io.hormesis.simulation.Shop;
import io.hormesis.simulation.sweep.Office.Desk;
import io.hormesis.simulation.sweep.Office.Desk.File;
import io.hormesis.simulation.sweep.Office.Desk.Show;
import io.hormesis.simulation.sweep.Office.Others;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each way to break a worker is found, and named with the combination that breaks it. */
final class SweepTest {
  private static final int REPLIES = 2;
  private static final int OF_QUERY = 5;
  private static final int OF_COMMAND = 7;

  @Test
  void aWorkerThatEndsWellWhateverHappensIsNotBroken() {
    SweepReport report = Sweep.of(Shop.application()).run();
    assertThat(report.broken()).isEmpty();
    assertThat(report.processes()).containsExactly("orders");
    assertThat(report.silent()).containsExactly("orders Show");
    assertThat(report.limited()).isEmpty();
    assertThat(report.combinations()).isGreaterThan(2 * OF_QUERY);
  }

  @Test
  void whatIsAskedOnlyAfterABadEndIsWalkedThroughToo() {
    SweepReport report =
        Sweep.of(
                Office.stateless(
                    desk(others ->
                        message ->
                            others.who(message).equals("real") ? "" : others.fetched(message))))
            .run();
    int each = REPLIES + (OF_QUERY - REPLIES) * OF_QUERY;
    assertThat(report.combinations()).isEqualTo(report.messages() * each);
    assertThat(report.messages()).isEqualTo(8);
    assertThat(report.broken()).isEmpty();
  }

  @Test
  void aCommandEndsInSevenWays() {
    SweepReport report =
        Sweep.of(Office.stateless(desk(others -> message -> others.kept(message).toString())))
            .run();
    assertThat(report.combinations()).isEqualTo(report.messages() * OF_COMMAND);
    assertThat(report.broken()).isEmpty();
  }

  @Test
  void aCrashIsFoundWithItsCombinationAndItsPlace() {
    SweepReport report =
        Sweep.of(
                Office.stateless(
                    desk(others ->
                        message -> {
                          String who = others.who(message);
                          String fetched = others.fetched(message);
                          if (who.equals("real") && fetched.startsWith("no answer")) {
                            throw new IllegalStateException("no document");
                          }
                          return fetched;
                        })))
            .run();
    assertThat(report.broken()).hasSize(2);
    assertThat(report.broken().getFirst().toString())
        .matches(
            "desk Show\\[name=.*]: registry \\(Who\\) replied, archive \\(Fetch\\) late → crashed: java.lang.IllegalStateException: no document at SweepTest.java:\\d+ \\(and 7 more alike\\)");
    assertThat(report.broken().getLast().toString()).startsWith("desk File[");
  }

  @Test
  void aReplyOutsideItsContractIsFound() {
    Function<Others, Worker<Desk>> code =
        others ->
            message ->
                switch (message) {
                  case File file -> file.reply("filed");
                  case Show show when others.who(message).equals("it crashed") ->
                      new Reply.Refusal<>("not now");
                  case Show show -> show.reply("shown");
                };
    SweepReport report = Sweep.of(Office.stateless(code)).run();
    assertThat(report.silent()).containsExactly("desk File");
    assertThat(report.broken()).hasSize(1);
    assertThat(report.broken().getFirst().toString())
        .contains(
            ": registry (Who) defaulted → wrong: reply to Desk.Show must be a java.lang.String, but was Refusal[reason=not now] (and 3 more alike)");
  }

  @Test
  void aWorkerThatIsNotDoneByItsDeadlineIsFound() {
    Function<Others, Worker<Desk>> code =
        others ->
            message ->
                switch (message) {
                  case File file -> {
                    Outcome<String> first = others.kept(file);
                    yield file.reply(first + " " + others.kept(file));
                  }
                  case Show show -> show.reply("");
                };
    SweepReport report = Sweep.of(Office.stateless(code)).run();
    assertThat(report.broken()).hasSize(1);
    assertThat(report.broken().getFirst().toString())
        .contains(
            ": archive (Keep) late, archive (Keep) late → slow: its worker was not done 10 ms before its deadline of 2000 ms");
  }

  @Test
  void aQueryWhoseAskerGetsNothingThoughAllHasDefaultsIsFound() {
    SweepReport report =
        Sweep.of(Office.asking(desk(others -> message -> others.fetched(message)))).run();
    assertThat(report.broken()).hasSize(1);
    assertThat(report.broken().getFirst().toString())
        .contains(
            "desk Show[",
            ": archive (Fetch) late → slow: its worker was not done 10 ms before its deadline of 400 ms, so its asker gets no reply at all, though all that it asks has default replies");
  }

  @Test
  void anExpectationThatDoesNotHoldIsFound() {
    Function<Others, Worker<Desk>> code =
        others ->
            message ->
                switch (message) {
                  case File file when others.who(file).equals("real") -> file.reply("filed");
                  case File file -> file.refuse("not verified");
                  case Show show -> show.reply("");
                };
    SweepReport report =
        Sweep.of(Office.stateless(code))
            .expecting(
                "everybody can file",
                File.class,
                (_, ending) -> ending instanceof CallResult.Replied)
            .run();
    assertThat(report.broken()).hasSize(1);
    assertThat(report.broken().getFirst().toString())
        .contains(
            ": registry (Who) defaulted → not as expected: everybody can file, but it ended with Declined[target=desk, reason=not verified]");
  }

  /** Crashes on a late archive, once something was filed. */
  static final class Forgetful implements StatefulWorker<Forgetful.Filed, Desk> {
    private final Others others;

    Forgetful(Others others) {
      this.others = others;
    }

    record Filed(int times) {}

    @Override
    public Filed initial() {
      return new Filed(0);
    }

    @Override
    public Step<Filed> on(Filed filed, Desk message) {
      return switch (message) {
        case File file -> become(new Filed(filed.times() + 1), file.reply(""));
        case Show show -> keep(show.reply("" + 1 / (filed.times() > 0 && late(show) ? 0 : 1)));
      };
    }

    private boolean late(Show show) {
      return others.who(show).startsWith("no answer");
    }
  }

  @Test
  void statesThatMessagesLeadToAreSweptToo() {
    SweepReport report = Sweep.of(Office.stateful(Forgetful::new)).run();
    assertThat(report.broken()).hasSize(1);
    Broken broken = report.broken().getFirst();
    assertThat(broken.first().before()).isNotEmpty().hasOnlyElementsOfType(File.class);
    assertThat(broken.toString())
        .contains(
            " after [File]: registry (Who) late → crashed: java.lang.ArithmeticException: / by zero at SweepTest.java:");
    assertThat(report.silent()).containsExactly("desk File");
  }

  @Test
  void aWorkerThatAsksTooOftenIsCutShortAndNamed() {
    SweepReport report =
        Sweep.of(
                Office.asking(
                    desk(others ->
                        message -> {
                          for (int i = 0; i < 8; i++) {
                            var _ = others.archive().ask(new Office.Archive.Fetch(message.name()));
                          }
                          return "";
                        })))
            .drawing(1, 1)
            .run();
    assertThat(report.limited())
        .containsExactly(
            "Desk.Show has more than 500 combinations of one value: those beyond were not run",
            "Desk.Show asks more than 6 times: asks beyond were always replied to",
            "Desk.File has more than 500 combinations of one value: those beyond were not run",
            "Desk.File asks more than 6 times: asks beyond were always replied to");
    assertThat(report.combinations()).isEqualTo(1000);
  }

  @Test
  void theSameSweepShowsTheSame() {
    Sweep sweep = Sweep.of(Office.stateful(Forgetful::new)).drawing(2, 1);
    SweepReport report = sweep.run();
    assertThat(sweep.run()).isEqualTo(report);
    assertThat(sweep.drawing(2, 9).run()).isNotEqualTo(report);
  }

  /** A desk that does the same for all messages. */
  private static Function<Others, Worker<Desk>> desk(
      Function<Others, Function<Desk, String>> code) {
    BiFunction<Desk, String, Reply<?>> replied =
        (message, text) ->
            switch (message) {
              case Show show -> show.reply(text);
              case File file -> file.reply(text);
            };
    return others -> message -> replied.apply(message, code.apply(others).apply(message));
  }
}
