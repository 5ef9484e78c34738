package io.hormesis.trial;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hormesis.edge.EdgeClient;
import io.hormesis.server.ServerState;
import io.hormesis.server.SystemStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Stands in for a running system behind two doors: a desk that takes papers and an inbox that is
 * told of them. It can be made to break each promise, once, so that tests see whether it is caught.
 */
final class FakeTown implements AutoCloseable {
  /** The promise that it breaks, at the fifth write of the load. */
  enum Breach {
    NONE,
    /** Acknowledges a paper and does not keep it. */
    LOSES,
    /** Tells the inbox twice. */
    DOUBLES,
    /** Keeps the paper but never tells the inbox. */
    FORGETS_TO_TELL,
    /** Tells the inbox only when it was asked three times. */
    TELLS_LATE,
    /** Refuses a paper and keeps it all the same. */
    REFUSES_BUT_KEEPS,
    /** Keeps a paper and hangs up on the sender, every time it is asked. */
    HANGS_UP,
    /** Shows one reader an empty desk, but keeps everything. */
    HIDES,
    /** Answers the inbox with a default reply once. */
    DEFAULTS
  }

  private static final int WHICH = 5;

  private final Breach breach;
  private final List<HttpServer> doors = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> desk = new HashMap<>(); // key -> receipt
  private final Map<String, List<String>> inbox = new HashMap<>();
  private final Map<String, String> replies = new HashMap<>(); // idempotency key -> receipt
  private final Map<String, Integer> lateReads = new HashMap<>();
  private String late = "";
  private boolean hides;
  private String hungUp = "";
  private int writes;
  private int warmWrites;
  private boolean defaults;
  private long pid = 1;
  private int viewsUntilBack;

  FakeTown(Breach breach) throws IOException {
    this.breach = breach;
    for (int i = 0; i < 2; i++) {
      var door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      door.setExecutor(threads);
      door.createContext("/", this::serve);
      door.start();
      doors.add(door);
    }
  }

  EdgeClient client() {
    return EdgeClient.of(urls(), new SplittableRandom(1));
  }

  List<URI> urls() {
    return doors.stream()
        .map(it -> URI.create("http://127.0.0.1:" + it.getAddress().getPort()))
        .toList();
  }

  void closeDoor(int index) {
    doors.get(index).stop(0);
  }

  synchronized int writes() {
    return desk.size();
  }

  /** Server a1 dies, and is seen starting and back again in the views that follow. */
  synchronized boolean kill() {
    viewsUntilBack = 4;
    pid++;
    return true;
  }

  synchronized SystemStatus status() {
    SystemStatus whole = Samples.onlyDesk(Samples.status(List.of(pid, 102L, 103L)));
    if (viewsUntilBack > 0) {
      viewsUntilBack--;
      return Samples.with(whole, "a1", ServerState.STARTING);
    }
    return whole;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().split("/", -1);
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (exchange.getRequestMethod() + " " + path[1]) {
        case "POST desk" -> write(exchange, body);
        case "GET desk" -> showDesk(exchange, path[2]);
        case "GET inbox" -> showInbox(exchange, path[2]);
        default -> send(exchange, 404, "", "");
      }
    }
  }

  private void write(HttpExchange exchange, String key) throws IOException {
    String receipt = take(exchange.getRequestHeaders().getFirst("Idempotency-Key"), key);
    if (receipt.isEmpty()) {
      send(exchange, 409, "", "desk/0");
    } else if (!receipt.equals(hungUp)) {
      send(exchange, 201, receipt, "desk/0");
    }
  }

  private synchronized String take(String id, String key) {
    if (replies.containsKey(id)) {
      return replies.get(id);
    }
    boolean warm = id.contains("-warm-");
    String receipt = (warm ? "w" : "r") + (warm ? ++warmWrites : ++writes);
    boolean breaks = receipt.equals("r" + WHICH);
    boolean loses = breaks && breach == Breach.LOSES;
    if (!loses) {
      desk.put(key, receipt);
    }
    if (!(breaks && breach == Breach.FORGETS_TO_TELL)) {
      inbox.computeIfAbsent(key, _ -> new ArrayList<>()).add(receipt);
    }
    if (breaks) {
      breakOtherwise(key, receipt);
    }
    String reply = breaks && breach == Breach.REFUSES_BUT_KEEPS ? "" : receipt;
    replies.put(id, reply);
    return reply;
  }

  private void breakOtherwise(String key, String receipt) {
    switch (breach) {
      case DOUBLES -> inbox.computeIfAbsent(key, _ -> new ArrayList<>()).add(receipt);
      case TELLS_LATE -> late = key;
      case HIDES -> hides = true;
      case HANGS_UP -> hungUp = receipt;
      case DEFAULTS -> defaults = true;
      case NONE, LOSES, FORGETS_TO_TELL, REFUSES_BUT_KEEPS -> {}
    }
  }

  private void showDesk(HttpExchange exchange, String key) throws IOException {
    String receipt;
    synchronized (this) {
      receipt = desk.getOrDefault(key, "");
      if (hides && !receipt.isEmpty()) {
        hides = false;
        receipt = "";
      }
    }
    send(exchange, receipt.isEmpty() ? 404 : 200, receipt, "desk/0");
  }

  private void showInbox(HttpExchange exchange, String key) throws IOException {
    String shown;
    boolean byDefault;
    synchronized (this) {
      boolean notYet = key.equals(late) && lateReads.merge(key, 1, Integer::sum) < 3;
      shown =
          notYet
              ? ""
              : inbox.getOrDefault(key, List.of()).stream().collect(Collectors.joining(","));
      byDefault = defaults;
      defaults = false;
    }
    if (byDefault) {
      exchange.getResponseHeaders().set("Hormesis-Default-Reply", "Inbox");
    }
    send(exchange, 200, shown, "inbox");
  }

  private static void send(HttpExchange exchange, int status, String body, String partition)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Hormesis-Partition", partition);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    doors.forEach(it -> it.stop(0));
    threads.close();
  }
}
