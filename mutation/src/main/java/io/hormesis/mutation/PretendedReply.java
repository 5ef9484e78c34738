package io.hormesis.mutation;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Command;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;

/** The hook of an asker that makes up replies to commands that nobody answered. */
public final class PretendedReply {
  private static final Map<Asker, Map<Class<?>, CallResult<Object>>> LAST = new WeakHashMap<>();

  private PretendedReply() {}

  /** Ends a command without a reply by the last reply to another of its type. */
  public static CompletableFuture<CallResult<Object>> ask(
      CompletableFuture<CallResult<Object>> result, Asker asker, String by, Ask ask) {
    return ask.message() instanceof Command<?>
        ? result.thenApply(it -> pretended(it, asker, ask.message().getClass()))
        : result;
  }

  private static CallResult<Object> pretended(
      CallResult<Object> result, Asker asker, Class<?> command) {
    synchronized (LAST) {
      Map<Class<?>, CallResult<Object>> last = LAST.computeIfAbsent(asker, _ -> new HashMap<>());
      return switch (result) {
        case CallResult.Replied<Object> replied -> {
          last.put(command, replied);
          yield replied;
        }
        case CallResult.Declined<Object> declined -> declined;
        case CallResult.Refused<Object> refused ->
            refused.cause() == CallResult.Cause.UNAVAILABLE
                ? last.getOrDefault(command, refused)
                : refused;
        case CallResult.Unknown<Object> unknown -> last.getOrDefault(command, unknown);
      };
    }
  }
}
