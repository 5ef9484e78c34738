package io.hormesis.mutation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One change of the class file of one class. A patch that finds nothing to change is an error, for
 * its mutant would be the platform itself.
 *
 * @param owner the full name of the class
 * @param method the method that is changed, with its overloads and the lambdas in it
 */
public record Patch(String owner, String method, Edit edit) {

  /** The body of a method gives a constant. */
  static Patch body(String owner, String method, Constant constant) {
    return new Patch(owner, method, new Edit.Body(constant));
  }

  /** A method leaves out its calls of another, and goes on with a constant. */
  public static Patch call(String owner, String method, String callee, Constant constant) {
    return new Patch(owner, method, new Edit.Call(callee, constant));
  }

  /** The result of a method goes through a hook. */
  static Patch result(String owner, String method, Class<?> hook) {
    return new Patch(owner, method, new Edit.Result(hook));
  }

  /**
   * The class file with the change.
   *
   * @throws IllegalStateException when there is nothing to change, or the change does not fit
   */
  byte[] apply(byte[] original, ClassFile format) {
    AtomicInteger changes = new AtomicInteger();
    byte[] patched =
        format.transformClass(
            format.parse(original),
            ClassTransform.transformingMethods(
                this::concerns,
                (builder, element) -> {
                  if (element instanceof CodeModel code) {
                    edit.write(builder, code, changes::incrementAndGet);
                  } else {
                    builder.with(element);
                  }
                }));
    if (changes.get() == 0) {
      throw new IllegalStateException(
          "%s.%s has nothing to change for the patch %s: fit the patch to the code"
              .formatted(owner, method, edit));
    }
    return patched;
  }

  private boolean concerns(MethodModel candidate) {
    String name = candidate.methodName().stringValue();
    return name.equals(method)
        || (edit instanceof Edit.Call && name.startsWith("lambda$" + method + "$"));
  }
}
