package io.hormesis.testing;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExecutableInvoker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * A failed test once more under the same seed: it must go the same way, or its seed replays
 * nothing.
 *
 * @param went how it ended
 * @param lab where it played
 */
record SecondRun(String went, Lab lab) {

  /**
   * Runs a test again, with a test instance of its own; empty when that cannot be made.
   *
   * @param lab what its methods get as their parameter from now on
   */
  static Optional<SecondRun> of(ExtensionContext context, Lab lab) {
    Class<?> type = context.getRequiredTestClass();
    Constructor<?>[] constructors = type.getDeclaredConstructors();
    if (constructors.length != 1
        || (type.getEnclosingClass() != null && !Modifier.isStatic(type.getModifiers()))) {
      return Optional.empty();
    }
    ExecutableInvoker invoker = context.getExecutableInvoker();
    constructors[0].setAccessible(true);
    Object test = invoker.invoke(constructors[0]);
    return Optional.of(new SecondRun(played(invoker, test, context, lab), lab));
  }

  private static String played(
      ExecutableInvoker invoker, Object test, ExtensionContext context, Lab lab) {
    try {
      each(BeforeEach.class, HierarchyTraversalMode.TOP_DOWN, invoker, test);
      Method method = context.getRequiredTestMethod();
      method.setAccessible(true);
      var _ = invoker.invoke(method, test);
      var _ = lab.judge();
      each(AfterEach.class, HierarchyTraversalMode.BOTTOM_UP, invoker, test);
      return "it passed";
    } catch (OutOfMemoryError aside) {
      throw aside;
    } catch (Throwable failure) {
      return "it failed: " + SeedTest.said(failure);
    }
  }

  private static void each(
      Class<? extends java.lang.annotation.Annotation> kind,
      HierarchyTraversalMode order,
      ExecutableInvoker invoker,
      Object test) {
    for (Method method : AnnotationSupport.findAnnotatedMethods(test.getClass(), kind, order)) {
      method.setAccessible(true);
      var _ = invoker.invoke(method, test);
    }
  }

  /**
   * What was otherwise than the first time; empty when nothing was.
   *
   * @param first where the first run played
   * @param failure how it ended
   */
  Optional<String> difference(Lab first, Throwable failure) {
    String before = "it failed: " + SeedTest.said(failure);
    if (went.equals(before) && first.hash().equals(lab.hash())) {
      return Optional.empty();
    }
    String parting =
        first
            .diary()
            .parting(lab.diary())
            .orElse("    once:  %s%n    again: %s%n".formatted(before, went));
    return Optional.of(
        "  it is not deterministic: run again under the same seed, it went another way%n"
                .formatted()
            + parting
            + "  what mostly makes it so: statics, which one run leaves to the next; the time of day; chance without a seed; the order of a HashMap or HashSet of objects; threads%n"
                .formatted());
  }
}
