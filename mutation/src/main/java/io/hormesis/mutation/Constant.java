package io.hormesis.mutation;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;

/** A constant that stands in a mutant where the platform computes a result. */
public enum Constant {
  /** Nothing at all, where a result is void; null where it is a reference. */
  NOTHING("V|[L\\[].*") {
    @Override
    void load(CodeBuilder code, ClassDesc type) {
      if (!type.equals(ConstantDescs.CD_void)) {
        code.aconst_null();
      }
    }
  },
  /** False, or the number 0. */
  ZERO("[ZIJ]") {
    @Override
    void load(CodeBuilder code, ClassDesc type) {
      if (type.equals(ConstantDescs.CD_long)) {
        code.lconst_0();
      } else {
        code.iconst_0();
      }
    }
  },
  /** True, or the number 1. */
  ONE("[ZI]") {
    @Override
    void load(CodeBuilder code, ClassDesc type) {
      code.iconst_1();
    }
  },
  /** An empty {@link Optional}. */
  EMPTY("Ljava/util/Optional;") {
    @Override
    void load(CodeBuilder code, ClassDesc type) {
      code.invokestatic(OPTIONAL, "empty", MethodTypeDesc.of(OPTIONAL));
    }
  };

  private static final ClassDesc OPTIONAL = ClassDesc.of(Optional.class.getName());

  private final String descriptors;

  Constant(String descriptors) {
    this.descriptors = descriptors;
  }

  /**
   * Pushes it as a value of a type.
   *
   * @throws IllegalStateException when it is no value of that type
   */
  final void push(CodeBuilder code, ClassDesc type) {
    if (!type.descriptorString().matches(descriptors)) {
      throw new IllegalStateException(
          "a patch puts %s where the code has %s: choose another constant"
              .formatted(this, type.displayName()));
    }
    load(code, type);
  }

  abstract void load(CodeBuilder code, ClassDesc type);
}
