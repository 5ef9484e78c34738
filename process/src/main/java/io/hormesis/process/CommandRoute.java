package io.hormesis.process;

import java.time.Duration;

/** A route to a command. It has no default reply, for that would be a lie. */
public record CommandRoute<R, C extends Command<R>>(
    String path, Class<C> request, Duration deadline) implements Route {

  public CommandRoute {
    RouteRules.check(path, request, deadline);
  }

  @Override
  public String method() {
    return "POST";
  }

  /** The same route with a shorter deadline. */
  public CommandRoute<R, C> within(Duration shorter) {
    return new CommandRoute<>(path, request, shorter);
  }
}
