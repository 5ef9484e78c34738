package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacesTest {

  /** Whatever connections do: the limits hold, and nobody who is busy ever gives way. */
  @Test
  void theRulesHoldInRandomLives() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      live(seed);
    }
  }

  private enum Doing {
    SILENT,
    WAITING,
    BUSY,
    GONE
  }

  private static final class Guest implements Places.Connection {
    private final InetAddress address;
    private Doing doing = Doing.SILENT;

    Guest(InetAddress address) {
      this.address = address;
    }

    @Override
    public InetAddress address() {
      return address;
    }

    @Override
    public void giveWay() {
      assertThat(doing).isIn(Doing.SILENT, Doing.WAITING);
      doing = Doing.GONE;
    }
  }

  private static void live(int seed) throws UnknownHostException {
    Random random = new Random(seed);
    EdgeSettings.Room room =
        new EdgeSettings.Room(1 + random.nextInt(6), 1 + random.nextInt(4), 1 + random.nextInt(5));
    Places places = new Places(room);
    List<Guest> guests = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      step(random, places, guests);
      guests.removeIf(it -> it.doing == Doing.GONE);
      String where = "seed %d, step %d".formatted(seed, step);
      long silent = guests.stream().filter(it -> it.doing == Doing.SILENT).count();
      assertThat(silent).as(where).isLessThanOrEqualTo(room.silent());
      assertThat(guests.size() - silent).as(where).isLessThanOrEqualTo(room.speaking());
      assertThat(places.count()).as(where).isEqualTo(guests.size());
      for (Guest one : guests) {
        assertThat(guests.stream().filter(it -> it.address.equals(one.address)).count())
            .as(where)
            .isLessThanOrEqualTo(room.perAddress());
      }
    }
    guests.forEach(places::closed);
    assertThat(places.count()).as("seed %d", seed).isZero();
  }

  private static void step(Random random, Places places, List<Guest> guests)
      throws UnknownHostException {
    if (guests.isEmpty() || random.nextInt(3) == 0) {
      Guest guest = new Guest(InetAddress.getByName("127.0.0." + (1 + random.nextInt(3))));
      if (places.open(guest)) {
        guests.add(guest);
      }
      return;
    }
    Guest guest = guests.get(random.nextInt(guests.size()));
    switch (random.nextInt(4)) {
      case 0 -> {
        if (places.speaks(guest)) {
          guest.doing = Doing.BUSY;
        }
      }
      case 1 -> {
        places.waits(guest);
        guest.doing = guest.doing == Doing.BUSY ? Doing.WAITING : guest.doing;
      }
      case 2 -> {
        places.works(guest);
        guest.doing = guest.doing == Doing.WAITING ? Doing.BUSY : guest.doing;
      }
      default -> {
        places.closed(guest);
        guest.doing = Doing.GONE;
      }
    }
  }
}
