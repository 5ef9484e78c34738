package io.hormesis.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A measure that faults change for a while, each to its own value. Of those that overlap the latest
 * counts; when it ends, the one before goes on if it still lasts.
 *
 * @param <F> the measure's values
 */
public final class Overlapping<F> {
  private final Consumer<F> changed;
  private final List<Lasting<F>> lasting = new ArrayList<>();
  private F usual;
  private Lasting<F> present;

  /** A measure that is as usual. */
  public Overlapping(F usual) {
    this(usual, _ -> {});
  }

  /**
   * A measure that is as usual.
   *
   * @param changed told of it after each begin and end
   */
  public Overlapping(F usual, Consumer<F> changed) {
    this.usual = usual;
    this.present = new Lasting<>(usual, () -> {});
    this.changed = changed;
  }

  public F present() {
    return present.value;
  }

  /** Something has met what is not as usual, if it is not. */
  public void met() {
    present.met.run();
  }

  /** Changes what it is while no fault lasts. */
  public void usual(F value) {
    usual = value;
    change();
  }

  /**
   * Begins a fault.
   *
   * @param met told of everything that met it
   * @return ends it
   */
  public Runnable begin(F value, Runnable met) {
    Lasting<F> begun = new Lasting<>(value, met);
    lasting.add(begun);
    change();
    return () -> {
      lasting.remove(begun);
      change();
    };
  }

  private void change() {
    present = lasting.isEmpty() ? new Lasting<>(usual, () -> {}) : lasting.getLast();
    changed.accept(present.value);
  }

  /** Equal to no other, whatever their values. */
  private static final class Lasting<F> {
    private final F value;
    private final Runnable met;

    Lasting(F value, Runnable met) {
      this.value = value;
      this.met = met;
    }
  }
}
