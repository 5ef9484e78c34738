package io.hormesis.cli;

import io.hormesis.chaos.Monkey;
import io.hormesis.chaos.MonkeyPlan;
import io.hormesis.chaos.Move;
import io.hormesis.server.SystemStatus;
import io.hormesis.trial.Nemesis;
import java.time.Duration;
import java.util.Optional;

/** The monkey as a trial sees it. */
final class MonkeyNemesis implements Nemesis {
  private Monkey monkey;

  MonkeyNemesis(MonkeyPlan plan) {
    this.monkey = new Monkey(plan);
  }

  @Override
  public Decision next(SystemStatus status, Optional<String> unsteadyReason, Duration at) {
    Monkey.Turn turn = monkey.turn(status, unsteadyReason, at);
    monkey = turn.next();
    return switch (turn.move()) {
      case Move.Kill kill -> new Attack(kill.server(), kill.reason());
      case Move.Wait wait -> new Waiting(wait.reason());
    };
  }

  @Override
  public void missed(Attack attack) {
    monkey = monkey.missed();
  }
}
