package io.hormesis.engine.delivery;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;

/**
 * Makes the records of one class. Jackson would adapt the constructor to the number of its
 * arguments again for each record, which takes longer than to read the record; here that is done
 * once.
 */
final class RecordInstantiator extends StdValueInstantiator {
  private static final MethodType OF_ARRAY = MethodType.methodType(Object.class, Object[].class);

  private final MethodHandle make;

  private RecordInstantiator(StdValueInstantiator usual, Constructor<?> canonical) {
    super(usual);
    make = ofArray(canonical);
  }

  private static MethodHandle ofArray(Constructor<?> canonical) {
    try {
      canonical.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, canonical.getParameterCount())
          .asType(OF_ARRAY);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(canonical + " was made accessible", closed);
    }
  }

  @Override
  public Object createFromObjectWith(DeserializationContext context, Object[] components) {
    try {
      return (Object) make.invokeExact(components);
    } catch (Throwable refused) {
      return context.handleInstantiationProblem(
          getValueClass(), components, rewrapCtorProblem(context, refused));
    }
  }

  /** Takes the place of Jackson's own way to make records. */
  static final class ForRecords extends ValueInstantiators.Base {
    @Override
    public ValueInstantiator modifyValueInstantiator(
        DeserializationConfig config, BeanDescription.Supplier described, ValueInstantiator usual) {
      return usual instanceof StdValueInstantiator standard
              && standard.getWithArgsCreator() != null
              && standard.getWithArgsCreator().getMember() instanceof Constructor<?> canonical
              && canonical.getDeclaringClass().isRecord()
          ? new RecordInstantiator(standard, canonical)
          : usual;
    }
  }
}
