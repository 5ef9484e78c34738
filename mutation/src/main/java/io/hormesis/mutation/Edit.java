package io.hormesis.mutation;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** How a {@link Patch} changes the code of a method. */
public sealed interface Edit {

  /**
   * Writes the changed code.
   *
   * @param changed is run for each place that is changed
   */
  void write(MethodBuilder builder, CodeModel code, Runnable changed);

  /** The body gives a constant. */
  record Body(Constant constant) implements Edit {
    @Override
    public void write(MethodBuilder builder, CodeModel code, Runnable changed) {
      ClassDesc type = method(code).methodTypeSymbol().returnType();
      builder.withCode(body -> {
        constant.push(body, type);
        body.return_(TypeKind.from(type));
      });
      changed.run();
    }
  }

  /** Calls of another method are left out and give a constant. */
  record Call(String callee, Constant constant) implements Edit {
    @Override
    public void write(MethodBuilder builder, CodeModel code, Runnable changed) {
      builder.transformCode(
          code,
          (body, element) -> {
            if (element instanceof InvokeInstruction call && call.name().equalsString(callee)) {
              leaveOut(body, call);
              changed.run();
            } else {
              body.with(element);
            }
          });
    }

    private void leaveOut(CodeBuilder body, InvokeInstruction call) {
      for (ClassDesc parameter : call.typeSymbol().parameterList().reversed()) {
        if (TypeKind.from(parameter).slotSize() == 2) {
          body.pop2();
        } else {
          body.pop();
        }
      }
      if (call.opcode() != Opcode.INVOKESTATIC) {
        body.pop();
      }
      constant.push(body, call.typeSymbol().returnType());
    }
  }

  /**
   * What is returned goes through a hook: the public static method of that class that has the name
   * of the changed one, and takes the result (if there is one), the object itself, the arguments.
   * Overloads with another number of arguments stay as they are.
   */
  record Result(Class<?> hook) implements Edit {
    @Override
    public void write(MethodBuilder builder, CodeModel code, Runnable changed) {
      MethodModel method = method(code);
      String name = method.methodName().stringValue();
      MethodTypeDesc type = type(name);
      builder.transformCode(
          code,
          (body, element) -> {
            if (element instanceof ReturnInstruction && takes(type, method)) {
              loadArguments(body, method);
              body.invokestatic(ClassDesc.of(hook.getName()), name, type);
              changed.run();
            }
            body.with(element);
          });
    }

    private MethodTypeDesc type(String name) {
      Method taker =
          Arrays.stream(hook.getMethods())
              .filter(it -> it.getName().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalStateException(
                      "hook %s has no public method %s: add it".formatted(hook.getName(), name)));
      return MethodTypeDesc.ofDescriptor(
          MethodType.methodType(taker.getReturnType(), taker.getParameterTypes())
              .toMethodDescriptorString());
    }

    private static boolean takes(MethodTypeDesc hook, MethodModel method) {
      int result = hook.returnType().equals(ConstantDescs.CD_void) ? 0 : 1;
      int self = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
      return hook.parameterCount() == result + self + method.methodTypeSymbol().parameterCount();
    }

    private static void loadArguments(CodeBuilder body, MethodModel method) {
      if (!method.flags().has(AccessFlag.STATIC)) {
        body.aload(body.receiverSlot());
      }
      List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
      for (int i = 0; i < parameters.size(); i++) {
        body.loadLocal(TypeKind.from(parameters.get(i)), body.parameterSlot(i));
      }
    }
  }

  private static MethodModel method(CodeModel code) {
    return code.parent().orElseThrow();
  }
}
