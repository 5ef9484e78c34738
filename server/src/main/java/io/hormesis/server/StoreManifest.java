package io.hormesis.server;

import java.util.List;
import java.util.Map;

/**
 * What a store holds, as the code that wrote it saw it: the processes with the shapes of what they
 * keep and of what is said to them. It is kept beside the state, with which it must always fit.
 *
 * @param types the records and enums that shapes speak of, by the names that these go by
 */
record StoreManifest(Map<String, ProcessShape> processes, Map<String, TypeShape> types) {

  StoreManifest {
    processes = Map.copyOf(processes);
    types = Map.copyOf(types);
  }

  /**
   * One process.
   *
   * @param partitions into how many its keys are cut; 0 when it is stateless
   * @param state what it keeps for each key; empty when it is stateless
   * @param messages in the order of their numbers, the first being number 1
   */
  record ProcessShape(int partitions, String state, List<MessageShape> messages) {
    ProcessShape {
      messages = List.copyOf(messages);
    }

    boolean stateful() {
      return partitions > 0;
    }
  }

  /**
   * One message.
   *
   * @param name contract and record
   * @param kind whether it is a query, a command or a notice
   * @param body what it holds
   * @param reply what its reply holds; empty when it has none
   */
  record MessageShape(String name, String kind, String body, String reply) {}

  /**
   * A record or an enum.
   *
   * @param components of a record, in their order
   * @param constants of an enum, in their order; empty for a record
   */
  record TypeShape(List<ComponentShape> components, List<String> constants) {
    TypeShape {
      components = List.copyOf(components);
      constants = List.copyOf(constants);
    }
  }

  /**
   * One component of a record.
   *
   * @param type a leaf such as {@code long}, the name of a record or an enum, or a container of
   *     such, as in {@code List<Loans.Book>}
   */
  record ComponentShape(String name, String type) {}
}
