package io.hormesis.testing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.injection.Fault;
import io.hormesis.process.Answer;
import io.hormesis.process.Application;
import io.hormesis.process.Outcome;
import io.hormesis.process.Pending;
import io.hormesis.process.RequestId;
import io.hormesis.server.ServiceState;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.generate.RouteLoad;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.testing.Cinema.Ticket;
import io.hormesis.testing.Cinema.Tickets.Sell;
import io.hormesis.testing.Cinema.Tickets.Sold;
import io.hormesis.testing.Cinema.Usher.Guests;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test can do in a lab, and what a lab says when it cannot. */
final class LabTest {
  private final Lab lab = new Lab(1);

  @Test
  void aTestAsksThroughTheContractAndOverHttp() {
    lab.start(new Cinema());
    assertThat(lab.send(sell("ann"))).isEqualTo(new Outcome.Replied<>(new Ticket("M", 1)));
    assertThat(lab.ask(new Sold("M"))).isEqualTo(1);
    assertThat(lab.ask(new Sold("M"), 7)).isEqualTo(new Answer.Replied<>(1));

    EdgeReply bob = lab.http(EdgeRequest.post("/films/M/tickets", "{\"guest\":\"bob\"}", "id-bob"));
    assertThat(bob.status()).as(bob.body()).isEqualTo(201);
    assertThat(bob.body()).contains("\"seat\":2");
    assertThat(lab.send(sell("bob"))).isEqualTo(new Outcome.Replied<>(new Ticket("M", 2)));

    EdgeReply other =
        lab.http(EdgeRequest.post("/films/M/tickets", "{\"guest\":\"eve\"}", "id-bob"));
    assertThat(other.status()).as(other.body()).isEqualTo(422);

    assertThat(lab.send(sell("cy"))).isInstanceOf(Outcome.Replied.class);
    assertThat(lab.send(sell("dan")))
        .isEqualTo(new Outcome.Refused<>(Outcome.By.WORKER, "sold out"));
    lab.within(
        ofSeconds(10),
        () -> assertThat(lab.ask(new Guests("M")).names()).containsOnly("ann", "bob", "cy"));
    assertThat(lab.judge().violations()).isEmpty();
  }

  @Test
  void severalAsksCanBeUnderWayAtOnce() {
    lab.start(new Cinema());
    var before = lab.now();
    Pending<Outcome<Ticket>> one = lab.sending(sell("ann"));
    Pending<EdgeReply> two = lab.calling(EdgeRequest.get("/films/N/sold"));
    Pending<Answer<Integer>> three = lab.asking(new Sold("O"), 7);
    assertThat(lab.now()).isEqualTo(before);

    assertThat(three.await().value()).isZero();
    assertThat(two.await().status()).isEqualTo(200);
    assertThat(one.await()).isInstanceOf(Outcome.Replied.class);
    assertThat(lab.now()).isBetween(before, before.plusSeconds(2));
  }

  @Test
  void whatIsLostAnswersNobodyUntilItIsBroughtBack() {
    lab.start(new Cinema());
    assertThat(lab.hosts("door")).hasSize(3).doesNotContainAnyElementsOf(lab.hosts("box-office"));
    lab.lose("door");

    assertThat(lab.send(sell("ann"))).isInstanceOf(Outcome.Replied.class);
    assertThat(lab.ask(new Guests("M"), new Cinema.GuestList(List.of("nobody"))))
        .isInstanceOfSatisfying(Answer.Defaulted.class, it -> assertThat(it.reason()).isNotEmpty());
    assertThatThrownBy(() -> lab.ask(new Guests("M")))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Guests[film=M] must be answered by a worker, but was not (")
        .hasMessageEndingWith("): wait until it can be, or ask it with a default reply");
    assertThatThrownBy(() -> lab.lose("door"))
        .hasMessage(
            "process door must run somewhere to be lost, but its servers %s are down: lose it once",
            lab.hosts("door"));
    assertThatThrownBy(lab::untilWhole)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("system must be whole within PT30S of virtual time, but is not (")
        .hasMessageContaining("is dead");

    lab.bringBack("door");
    lab.untilWhole();
    lab.within(
        ofSeconds(10), () -> assertThat(lab.ask(new Guests("M")).names()).containsExactly("ann"));
    assertThat(lab.judge().faultsMet()).containsEntry("Kill", 3);
  }

  @Test
  void aLeaderIsFoundKilledAndReplaced() {
    lab.start(new Cinema());
    String leader = lab.leaderOf("box-office", "M");
    assertThat(lab.hosts("box-office")).contains(leader);

    lab.make(new Fault.Kill(leader, ofSeconds(20)));
    assertThat(lab.send(sell("ann"))).isInstanceOf(Outcome.Replied.class);
    lab.pass(ofSeconds(2));

    assertThat(lab.leaderOf("box-office", "M")).isNotEqualTo(leader);
    assertThat(lab.status().state()).isEqualTo(ServiceState.DEGRADED);
    assertThat(lab.judge().violations()).isEmpty();
  }

  @Test
  void callersOfARegionKnowItsServersOnly() {
    lab.start(new Cinema());
    for (int i = 0; i < 10; i++) {
      assertThat(lab.in("b").http(EdgeRequest.get("/films/M/sold")).edge().getHost())
          .isIn("b1", "b2");
    }
    lab.make(new Fault.Kill("b1", ofSeconds(5)));
    lab.make(new Fault.Kill("b2", ofSeconds(5)));

    assertThat(lab.in("b").send(sell("ann")))
        .isEqualTo(new Outcome.Refused<>(Outcome.By.PLATFORM, "none of [b1, b2] is up"));
    assertThat(lab.in("c").send(sell("ann"))).isInstanceOf(Outcome.Replied.class);
    assertThatThrownBy(() -> lab.in("b").http(EdgeRequest.get("/films/M/sold")))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("GET /films/M/sold must get a reply from one of 2 edges");
    assertThatThrownBy(() -> lab.in("z"))
        .hasMessage(
            "region must have servers, but \"z\" has none: the servers are [a1, a2, b1, b2, c1, c2]");
  }

  @Test
  void timeGoesByOnlyWhileATestWaits() {
    lab.start(new Cinema());
    var before = lab.now();
    lab.pass(ofSeconds(5));
    assertThat(lab.now()).isEqualTo(before.plusSeconds(5));
    lab.until(() -> lab.now().compareTo(before.plusSeconds(6)) >= 0, ofSeconds(2));
    assertThat(lab.now()).isEqualTo(before.plusSeconds(6));

    assertThatThrownBy(() -> lab.until(() -> false, ofMillis(300)))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "condition must hold within PT0.3S of virtual time, but does not: see whether it ever can, or give it more time");
    assertThatThrownBy(() -> lab.within(ofMillis(300), () -> assertThat(lab.servers()).hasSize(7)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected size: 7 but was: 6");
  }

  @Test
  void aPlanBringsOtherServersAndFaultsBesideTheTest() {
    lab.start(
        SystemPlan.quiet(new Cinema().application())
            .on(4, 1)
            .load(0, ofSeconds(20))
            .faults(FaultProfile.USUAL));
    assertThat(lab.servers()).containsExactly("a1", "b1", "c1", "d1");
    assertThat(lab.now()).isEqualTo(ofSeconds(3));

    SystemReport report = lab.judge();
    assertThat(report.violations()).isEmpty();
    assertThat(report.faultsMet()).isNotEmpty();
    assertThat(report.requests()).isZero();
    assertThat(lab.now()).isGreaterThanOrEqualTo(ofSeconds(23));
  }

  @Test
  void aFaultMayBeMetWhileThePlansLoadGoesOn() {
    Application cinema = new Cinema().application();
    lab.start(
        SystemPlan.of(cinema, new RouteLoad(cinema, List.of()))
            .load(20, ofSeconds(10))
            .faults(FaultProfile.CALM));
    lab.make(new Fault.ForceFailure("a1"));
    assertThat(lab.judge().faultsMet()).containsEntry("ForceFailure", 1);
  }

  @Test
  void anApplicationThatDoesNotStartIsToldAtOnce() {
    assertThatThrownBy(() -> lab.start(Cinema.broken()))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("cinema must keep its promises, but did not: ")
        .hasMessageContaining("does not start: ")
        .hasMessageContaining("worker Nameless must name its state, but does not");
  }

  @Test
  void theSameSeedGoesTheSameWayAndAnotherOneDoesNot() {
    assertThat(hash(7)).isEqualTo(hash(7)).isNotEqualTo(hash(8));
  }

  private static long hash(long seed) {
    Lab lab = new Lab(seed);
    lab.start(new Cinema());
    lab.make(new Fault.Kill(lab.leaderOf("box-office", "M"), ofMillis(500)));
    var _ = lab.send(sell("ann-" + lab.random().nextInt(1000)));
    var _ = lab.http(EdgeRequest.get("/films/M/sold"));
    return lab.judge().hash();
  }

  @Test
  void aLabIsStartedOnceAndBeforeItIsUsed() {
    assertThatThrownBy(lab::servers)
        .hasMessage(
            "lab must be started before it is used, but is not: call lab.start with your application first");
    lab.start(new Cinema());
    assertThatThrownBy(() -> lab.start(new Cinema()))
        .hasMessage("lab must be started once, but cinema runs in it already: write another test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bar | process must be one of [box-office, door], but was "bar": correct it
          """)
  void aProcessThatIsNotThereIsNamed(String process, String message) {
    lab.start(new Cinema());
    assertThatThrownBy(() -> lab.lose(process)).hasMessage(message);
    assertThatThrownBy(() -> lab.hosts(process)).hasMessage(message);
    assertThatThrownBy(() -> lab.leaderOf(process, "M")).hasMessage(message);
  }

  @Test
  void aLabWithoutAServerTellsNothing() {
    lab.start(new Cinema());
    lab.make(new Fault.Blackout(ofSeconds(1)));
    assertThatThrownBy(lab::status)
        .hasMessageStartingWith("a server must be up to tell the status, but all of [a1, a2");
    assertThatThrownBy(() -> lab.leaderOf("door", "M"))
        .hasMessageMatching("partition door/\\d must have a leader, but no server knows one: .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT24H0.000000001S", "PT9999999H"})
  void aTimeThatNobodyCanWaitForIsRefused(Duration time) {
    lab.start(new Cinema());
    String message =
        "time must be 0 to 24 h of virtual time, but was %s: choose one between".formatted(time);
    assertThatThrownBy(() -> lab.pass(time)).hasMessage(message);
    assertThatThrownBy(() -> lab.until(() -> false, time)).hasMessage(message);
    assertThatThrownBy(() -> lab.within(time, () -> {})).hasMessage(message);
  }

  @Test
  void aFaultOfAServerThatIsNotThereIsRefused() {
    lab.start(new Cinema());
    assertThatThrownBy(() -> lab.make(new Fault.Kill("z1", ofSeconds(1))))
        .hasMessage("server must be one of [a1, a2, b1, b2, c1, c2], but was \"z1\": correct it");
  }

  @Test
  void onlyWhatIsLostCanBeBroughtBack() {
    lab.start(new Cinema());
    assertThatThrownBy(() -> lab.bringBack("door"))
        .hasMessageMatching(
            "process door must be lost to be brought back, but all its servers \\[.*] are up: lose it first");
  }

  @Test
  void whatStandsStillGoesOnOnceItIsHealed() {
    lab.start(new Cinema());
    lab.servers().forEach(it -> lab.make(new Fault.Pause(it, Duration.ofHours(1))));
    assertThatThrownBy(() -> lab.http(EdgeRequest.get("/films/M/sold")))
        .isInstanceOf(AssertionError.class);
    lab.heal();
    lab.untilWhole();
    assertThat(lab.http(EdgeRequest.get("/films/M/sold")).status()).isEqualTo(200);
    assertThat(lab.now()).isLessThan(Duration.ofMinutes(1));
  }

  private static Sell sell(String guest) {
    return new Sell(new RequestId("id-" + guest), "M", guest);
  }
}
