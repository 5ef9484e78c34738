package io.hormesis.testing;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The test of one seed: gives its lab, judges it in the end, and explains what went wrong. */
final class SeedTest
    implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor {
  private final long seed;
  private final Runnable failed;
  private Lab lab;

  /**
   * A test of a seed.
   *
   * @param failed told when it fails
   */
  SeedTest(long seed, Runnable failed) {
    this.seed = seed;
    this.failed = failed;
    lab = new Lab(seed);
  }

  @Override
  public String getDisplayName(int invocation) {
    return "seed " + seed;
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return lab;
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> before,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    explaining(before, () -> {}, _ -> "");
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> test,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Lab first = lab;
    explaining(test, first::judge, failure -> again(first, failure, context));
  }

  /** Runs it once more, and says what was otherwise then. */
  private String again(Lab first, Throwable failure, ExtensionContext context) {
    lab = new Lab(seed);
    return SecondRun.of(context, lab).flatMap(it -> it.difference(first, failure)).orElse("");
  }

  private void explaining(
      Invocation<@Nullable Void> test, Runnable after, Function<Throwable, String> again)
      throws Throwable {
    try {
      test.proceed();
      after.run();
    } catch (TestAbortedException | OutOfMemoryError aside) {
      throw aside;
    } catch (Throwable failure) {
      failed.run();
      Diary diary = lab.diary();
      throw explained(failure, again.apply(failure) + diary);
    }
  }

  /**
   * The same failure at the same place, with the seed; expected and actual values stay for IDEs to
   * compare.
   */
  private AssertionFailedError explained(Throwable failure, String more) {
    String message =
        // To be pasted, so in the digits that Java reads, whatever those of the reader are.
        String.format(
            Locale.ROOT,
            "seed %d: %s%n  replay it alone: @Simulated(seed = %dL), or -D%s=%d%n%s",
            seed,
            said(failure),
            seed,
            Seeds.PROPERTY,
            seed,
            more);
    AssertionFailedError explained =
        failure instanceof AssertionFailedError compared && compared.isExpectedDefined()
            ? new AssertionFailedError(
                message, compared.getExpected(), compared.getActual(), failure)
            : new AssertionFailedError(message, failure);
    explained.setStackTrace(failure.getStackTrace());
    return explained;
  }

  static String said(Throwable failure) {
    String message = failure.getMessage();
    return failure instanceof AssertionError && message != null
        ? message.strip()
        : failure.toString();
  }
}
