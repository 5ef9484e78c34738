package io.hormesis.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Processes, routes and intolerable damages that belong together: what {@code up} runs. Found
 * through {@code ServiceLoader} by its {@link Source}.
 *
 * <p>It checks itself: names differ, each message is in one contract, each dependency and each
 * route leads to a process of the application. A {@link DeclarationException} says what is wrong,
 * before any server is ready.
 *
 * @param name 1 to 40 lower-case letters, digits and dashes, a letter first
 * @param apart processes that never share a server while another is free
 * @param damages what must never happen
 */
public record Application(
    String name,
    List<Declaration<?>> processes,
    List<Route> routes,
    List<Apart> apart,
    List<Damage> damages) {

  public Application {
    Names.check("application", name);
    processes = List.copyOf(processes);
    routes = List.copyOf(routes);
    apart = List.copyOf(apart);
    damages = List.copyOf(damages);
    Map<Class<?>, Declaration<?>> servedBy = servedBy(name, processes);
    checkDependencies(processes, servedBy);
    checkRoutes(name, routes, servedBy);
    checkApart(apart, processes);
    Damage.checkNames(name, damages);
  }

  /** Starts an application: add its processes first, then its routes. */
  public static Application named(String name) {
    return new Application(name, List.of(), List.of(), List.of(), List.of());
  }

  /** The same application with these processes. */
  public Application of(Declaration<?>... declarations) {
    return new Application(name, List.of(declarations), routes, apart, damages);
  }

  /** The same application with these routes. */
  public Application routes(Route... more) {
    return new Application(name, processes, List.of(more), apart, damages);
  }

  /** The same application, where processes of the one set never share a server with the other's. */
  public Application apart(Set<Declaration<?>> some, Set<Declaration<?>> others) {
    List<Apart> all = new ArrayList<>(apart);
    all.add(new Apart(names(some), names(others)));
    return new Application(name, processes, routes, all, damages);
  }

  /**
   * The same application, with one more thing that must never happen to it. It is judged at the end
   * of every simulation.
   *
   * @param damage a sentence, another one for each damage
   * @param check finds each time that it happened
   */
  public Application never(String damage, Damage.Check check) {
    List<Damage> all = new ArrayList<>(damages);
    all.add(new Damage(damage, check));
    return new Application(name, processes, routes, apart, all);
  }

  /**
   * The process that serves a request or takes a notice.
   *
   * @throws DeclarationException when none does
   */
  public Declaration<?> serving(Class<?> message) {
    Declaration<?> found = servedBy(name, processes).get(message);
    if (found == null) {
      throw new DeclarationException(
          "message %s must be in the contract of a process of %s, but is in none: add the process"
              .formatted(message.getSimpleName(), name));
    }
    return found;
  }

  /** Two sets of processes that must not be lost together. */
  public record Apart(Set<String> some, Set<String> others) {
    public Apart {
      some = Set.copyOf(some);
      others = Set.copyOf(others);
    }
  }

  /** How an application is found: implement it, and name the class in {@code META-INF/services}. */
  @FunctionalInterface
  public interface Source {
    /** The application; asked for once on each server. */
    Application application();
  }

  private static Set<String> names(Set<Declaration<?>> declarations) {
    Set<String> names = new HashSet<>();
    declarations.forEach(it -> names.add(it.name()));
    return names;
  }

  private static Map<Class<?>, Declaration<?>> servedBy(
      String name, List<Declaration<?>> processes) {
    Map<Class<?>, Declaration<?>> servedBy = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (Declaration<?> process : processes) {
      if (!names.add(process.name())) {
        throw new DeclarationException(
            "processes of %s must have different names, but two are called %s: rename one"
                .formatted(name, process.name()));
      }
      for (MessageType message : process.contract().messages()) {
        Declaration<?> other = servedBy.put(message.type(), process);
        if (other != null) {
          throw new DeclarationException(
              "message %s must be in one contract, but %s and %s both take it: remove it from one"
                  .formatted(message.name(), other.name(), process.name()));
        }
      }
    }
    return servedBy;
  }

  private static void checkDependencies(
      List<Declaration<?>> processes, Map<Class<?>, Declaration<?>> servedBy) {
    for (Declaration<?> process : processes) {
      for (Dependency<?, ?> dependency : process.dependencies()) {
        if (!servedBy.containsKey(dependency.request())) {
          throw new DeclarationException(
              "dependency of %s on %s must be served by a process of the application, but no contract holds it: add that process"
                  .formatted(process.name(), dependency.request().getSimpleName()));
        }
      }
    }
  }

  private static void checkRoutes(
      String name, List<Route> routes, Map<Class<?>, Declaration<?>> servedBy) {
    Set<String> seen = new HashSet<>();
    for (Route route : routes) {
      if (!servedBy.containsKey(route.request())) {
        throw new DeclarationException(
            "route %s %s of %s must lead to a request of one of its processes, but %s is in no contract: add that process"
                .formatted(route.method(), route.path(), name, route.request().getSimpleName()));
      }
      if (!seen.add(route.method() + " " + route.path().replaceAll("\\{[^}]*\\}", "{}"))) {
        throw new DeclarationException(
            "routes of %s must differ in method or path, but two are %s %s: change one"
                .formatted(name, route.method(), route.path()));
      }
    }
  }

  private static void checkApart(List<Apart> apart, List<Declaration<?>> processes) {
    Set<String> known = new HashSet<>();
    processes.forEach(it -> known.add(it.name()));
    for (Apart rule : apart) {
      Stream.concat(rule.some().stream(), rule.others().stream())
          .filter(one -> !known.contains(one))
          .sorted()
          .forEach(Application::refuseStranger);
      rule.some().stream()
          .filter(rule.others()::contains)
          .sorted()
          .forEach(Application::refuseApartFromItself);
    }
  }

  private static void refuseStranger(String process) {
    throw new DeclarationException(
        "process %s is to be apart from others, but is not of the application: add it first"
            .formatted(process));
  }

  private static void refuseApartFromItself(String process) {
    throw new DeclarationException(
        "process %s cannot be apart from itself: take it out of one of the two sets"
            .formatted(process));
  }
}
