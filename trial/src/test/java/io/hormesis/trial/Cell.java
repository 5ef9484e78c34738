package io.hormesis.trial;

import java.util.Optional;

/** One number that is read, written, and swapped when it is as expected. */
final class Cell implements Model<Integer, Cell.Ask, Integer> {
  static final int DONE = -1;
  static final int NOT_DONE = -2;

  /** What an operation asks for. */
  sealed interface Ask {
    record Read() implements Ask {
      @Override
      public String toString() {
        return "read";
      }
    }

    record Write(int value) implements Ask {
      @Override
      public String toString() {
        return "write " + value;
      }
    }

    record Swap(int expected, int value) implements Ask {}
  }

  @Override
  public Integer initial() {
    return 0;
  }

  @Override
  public Optional<Integer> step(Integer state, Ask ask, Optional<Integer> output) {
    return output.isEmpty() || output.get() == output(state, ask)
        ? Optional.of(next(state, ask))
        : Optional.empty();
  }

  static int output(int state, Ask ask) {
    return switch (ask) {
      case Ask.Read _ -> state;
      case Ask.Write _ -> DONE;
      case Ask.Swap swap -> swap.expected() == state ? DONE : NOT_DONE;
    };
  }

  static int next(int state, Ask ask) {
    return switch (ask) {
      case Ask.Read _ -> state;
      case Ask.Write write -> write.value();
      case Ask.Swap swap -> swap.expected() == state ? swap.value() : state;
    };
  }
}
