package io.hormesis.server;

import io.hormesis.edge.ManagementRoute;
import io.hormesis.edge.ManagementRoute.Result;
import io.hormesis.engine.delivery.CallResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What an operator may do to the topology over the management port. */
final class SystemChangeRoutes {
  private SystemChangeRoutes() {}

  static List<ManagementRoute> of(SystemChanges changes) {
    return List.of(
        ManagementRoute.get("/topology", _ -> now(new Result.Json(200, changes.topology()))),
        ManagementRoute.post("/servers", call -> join(changes, call.body())),
        ManagementRoute.post("/servers/{name}/drain", call -> told(changes.drain(name(call)))),
        ManagementRoute.post("/servers/{name}/undrain", call -> told(changes.undrain(name(call)))),
        ManagementRoute.post("/servers/{name}/leave", call -> told(changes.leave(name(call)))));
  }

  private static String name(ManagementRoute.Call call) {
    return call.path().getOrDefault("name", "");
  }

  private static CompletableFuture<Result> join(SystemChanges changes, String body) {
    try {
      return told(changes.join(KeeperProtocol.address(body)));
    } catch (IllegalArgumentException malformed) {
      return now(new Result.Refused(400, String.valueOf(malformed.getMessage())));
    }
  }

  private static CompletableFuture<Result> told(CompletableFuture<CallResult<Object>> change) {
    return change.thenApply(SystemChangeRoutes::result);
  }

  private static Result result(CallResult<Object> result) {
    return switch (result) {
      case CallResult.Replied<Object> replied -> new Result.Json(200, replied.value());
      case CallResult.Declined<Object> declined -> new Result.Refused(409, declined.reason());
      case CallResult.Refused<Object> refused ->
          new Result.Refused(
              503,
              "the register must decide it, but cannot now (%s): try again"
                  .formatted(refused.reason()));
      case CallResult.Unknown<Object> unknown ->
          new Result.Refused(
              504,
              "the register must decide it in time, but has not said so (%s): look at /topology"
                  .formatted(unknown.reason()));
    };
  }

  private static CompletableFuture<Result> now(Result result) {
    return CompletableFuture.completedFuture(result);
  }
}
