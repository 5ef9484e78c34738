package io.hormesis.microbench;

import io.hormesis.mutation.Constant;
import io.hormesis.mutation.Patch;
import io.hormesis.mutation.PatchedLoader;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Who reads what happens to single requests. */
public enum Readers {
  /** None can: the looks whether somebody does are patched out of the code. The baseline. */
  WITHOUT_LOOK(false, true),
  /** Nobody does, as on real servers. */
  NOBODY(false, false),
  /** Somebody does, as in the simulation. */
  SOMEBODY(true, false);

  private final boolean follow;
  private final boolean patched;

  Readers(boolean follow, boolean patched) {
    this.follow = follow;
    this.patched = patched;
  }

  /** Makes a path through a server whose signals are read so. */
  Supplier<?> path(Class<? extends Supplier<?>> type, Consumer<Object> read) {
    try {
      // What is loaded apart shares the JDK's types with us.
      return (Supplier<?>)
          loaded(type).getConstructor(boolean.class, Consumer.class).newInstance(follow, read);
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException("%s cannot be made".formatted(type), failure);
    }
  }

  private Class<?> loaded(Class<?> type) throws ClassNotFoundException {
    if (!patched) {
      return type;
    }
    ClassLoader apart =
        new PatchedLoader(
            type.getClassLoader(),
            List.of(
                without("io.hormesis.server.Delivery", "begin"),
                without("io.hormesis.server.Delivery", "send"),
                without("io.hormesis.server.Delivery", "end"),
                without("io.hormesis.server.PostOffice", "carry"),
                without("io.hormesis.server.Instance", "refused")));
    return apart.loadClass(type.getName());
  }

  private static Patch without(String owner, String method) {
    return Patch.call(owner, method, "followsRequests", Constant.ZERO);
  }
}
