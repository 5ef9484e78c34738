package io.hormesis.process;

import java.lang.reflect.Type;

/**
 * One message of a contract.
 *
 * @param name contract and record, such as {@code TaxReturns.File}: its name in records and reports
 * @param type the record
 * @param replyType what its reply carries; {@link Void} for a notice
 */
public record MessageType(String name, Class<? extends Record> type, Kind kind, Type replyType) {

  /** What a message expects of its receiver. */
  public enum Kind {
    QUERY,
    COMMAND,
    NOTICE
  }
}
