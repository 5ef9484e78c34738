package io.hormesis.engine.delivery;

import io.hormesis.process.RequestId;
import java.io.Serial;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a request id as its text, and makes records quickly. */
final class PlainModule extends SimpleModule {
  @Serial private static final long serialVersionUID = 1L;

  PlainModule() {
    super("hormesis-plain-data");
    addSerializer(new RequestIdWriter());
    addDeserializer(RequestId.class, new RequestIdReader());
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addValueInstantiators(new RecordInstantiator.ForRecords());
  }

  private static final class RequestIdWriter extends StdSerializer<RequestId> {
    RequestIdWriter() {
      super(RequestId.class);
    }

    @Override
    public void serialize(RequestId id, JsonGenerator out, SerializationContext context) {
      out.writeString(id.value());
    }
  }

  private static final class RequestIdReader extends StdDeserializer<RequestId> {
    RequestIdReader() {
      super(RequestId.class);
    }

    @Override
    public RequestId deserialize(JsonParser in, DeserializationContext context) {
      return new RequestId(in.getString());
    }
  }
}
