package io.hormesis.server;

import io.hormesis.process.DeclarationException;
import io.hormesis.process.PlainData;
import io.hormesis.process.StatefulWorker;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;

/** Reads the type of a worker's state from its declaration. */
final class StateType {
  private StateType() {}

  /**
   * The type of the state.
   *
   * @throws DeclarationException when the worker does not name it, or it is not plain data
   */
  static Type of(StatefulWorker<?, ?> worker) {
    String name = worker.getClass().getSimpleName();
    Type state =
        Arrays.stream(worker.getClass().getGenericInterfaces())
            .filter(ParameterizedType.class::isInstance)
            .map(ParameterizedType.class::cast)
            .filter(it -> it.getRawType() == StatefulWorker.class)
            .map(it -> it.getActualTypeArguments()[0])
            .findFirst()
            .orElseThrow(() ->
                new DeclarationException(
                    "worker %s must name its state, but does not: write \"implements StatefulWorker<State, Contract>\""
                        .formatted(name)));
    PlainData.check("state of " + name, state);
    return state;
  }
}
