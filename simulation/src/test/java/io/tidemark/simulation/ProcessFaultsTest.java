package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.simulation.load.ClusterCheck;
import io.tidemark.simulation.load.Ledger;
import io.tidemark.simulation.load.Load;
import io.tidemark.simulation.process.ClusterExtension;
import io.tidemark.simulation.process.ClusterProcesses;
import io.tidemark.simulation.process.RemoteCluster;
import io.tidemark.simulation.process.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Processes are killed under load. The seed is printed and decides the victims and the pauses, not how the processes are
 * scheduled: {@code -Dtidemark.simulation.seed=…} repeats a run as far as that goes. {@code -Dtidemark.simulation.rounds=20} is
 * the long version.
 */
@ExtendWith(ClusterExtension.class)
class ProcessFaultsTest {
    private static final int ROUNDS = Integer.getInteger("tidemark.simulation.rounds", 2);
    private static final long SEED = Long.getLong("tidemark.simulation.seed", System.nanoTime());
    private static final int WRITERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** A shard changes nodes when its copy is ready, which Kafka Streams looks for once a minute. */
    private static final Duration HAND_OVER = Duration.ofMinutes(3);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int PROGRESS_WRITES = 20;

    /** Shared by the tests: a request id that came twice would be a repetition. */
    private static final SplittableRandom RANDOM = new SplittableRandom(SEED);

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void killedNodesArchiversAndVerifiersLoseNothingAndRepeatNothing(ClusterProcesses cluster) throws Exception {
        System.out.println("seed " + SEED + ", " + ROUNDS + " rounds");
        try (RemoteCluster remote = cluster.connect(RANDOM.split())) {
            remote.table("kills", Load.KEY_SCHEMA);
            remote.awaitServing(PATIENCE);
            Ledger ledger;
            try (Load load = Load.start(remote.client(), "kills", WRITERS, RANDOM.split())) {
                for (int round = 1; round <= ROUNDS; round++) {
                    List<Role> victims = victims(round);
                    killAndRestart(cluster, victims);
                    awaitProgress(load.ledger());
                    System.out.println("round " + round + ": killed " + victims + ", "
                            + load.ledger().acknowledged() + " writes acknowledged");
                }
                ledger = load.stop();
            }
            assertThat(cluster.dead()).as("processes that ended by themselves").isEmpty();
            remote.awaitServing(PATIENCE);
            System.out.println(ledger.figures());
            ClusterCheck check =
                    new ClusterCheck(remote.client(), cluster.openLog(), cluster.openObjectStore(), RANDOM.split());
            check.requireWhatTheLedgerSays("kills", ledger);
            System.out.println(check.requireZonesAndArchiveToBeEqual() + " records archived and replayed");
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void writesGoOnWhileABrokerIsGone(ClusterProcesses cluster) throws Exception {
        System.out.println("seed " + SEED);
        try (RemoteCluster remote = cluster.connect(RANDOM.split())) {
            remote.table("broker", Load.KEY_SCHEMA);
            remote.awaitServing(PATIENCE);
            Ledger ledger;
            try (Load load = Load.start(remote.client(), "broker", WRITERS, RANDOM.split())) {
                awaitProgress(load.ledger());
                Role broker = Role.broker(zone());
                cluster.kill(broker);
                awaitProgress(load.ledger());
                System.out.println("killed " + broker + ", " + load.ledger().acknowledged() + " writes acknowledged");
                cluster.start(broker);
                cluster.awaitReady(broker);
                awaitProgress(load.ledger());
                ledger = load.stop();
            }
            assertThat(cluster.dead()).as("processes that ended by themselves").isEmpty();
            remote.awaitServing(PATIENCE);
            System.out.println(ledger.figures());
            ClusterCheck check =
                    new ClusterCheck(remote.client(), cluster.openLog(), cluster.openObjectStore(), RANDOM.split());
            check.requireWhatTheLedgerSays("broker", ledger);
            check.requireZonesAndArchiveToBeEqual();
        }
    }

    /** A zone's nodes share its shards: when one of them dies the other takes all of them over, and gives some back later. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theOtherNodeOfAZoneTakesOverWhatAKilledOneServed(ClusterProcesses cluster) throws Exception {
        System.out.println("seed " + SEED);
        String zone = zone();
        Role node = Role.node(zone);
        Role spare = Role.spareNode(zone);
        try (RemoteCluster remote = cluster.connectWithSpare(zone, RANDOM.split())) {
            remote.table("nodes", Load.KEY_SCHEMA);
            Ledger ledger;
            try (Load load = Load.start(remote.client(), "nodes", WRITERS, RANDOM.split())) {
                takeOver(cluster, remote, load.ledger(), spare, node);
                takeOver(cluster, remote, load.ledger(), node, spare);
                ledger = load.stop();
            }
            assertThat(cluster.dead()).as("processes that ended by themselves").isEmpty();
            System.out.println(ledger.figures());
            ClusterCheck check =
                    new ClusterCheck(remote.client(), cluster.openLog(), cluster.openObjectStore(), RANDOM.split());
            check.requireWhatTheLedgerSays("nodes", ledger);
            check.requireZonesAndArchiveToBeEqual();
        }
    }

    /** The one node comes and gets a share of the zone's shards; then the other is killed, and its share goes to the first. */
    private static void takeOver(ClusterProcesses cluster, RemoteCluster remote, Ledger ledger, Role comes, Role goes)
            throws InterruptedException {
        cluster.start(comes);
        cluster.awaitReady(comes);
        remote.awaitServingByEveryNode(HAND_OVER);
        awaitProgress(ledger);
        cluster.kill(goes);
        awaitProgress(ledger);
        remote.awaitServing(PATIENCE);
        System.out.println(
                comes + " serves what the killed " + goes + " did, " + ledger.acknowledged() + " writes acknowledged");
    }

    /** Every role has its turn; now and then two at once. */
    private static List<Role> victims(int round) {
        List<Role> victims = new ArrayList<>();
        victims.add(role(round));
        if (RANDOM.nextInt(3) == 0) {
            Role second = role(RANDOM.nextInt(ROUNDS));
            if (!victims.contains(second)) {
                victims.add(second);
            }
        }
        Collections.shuffle(victims, new Random(RANDOM.nextLong()));
        return victims;
    }

    private static Role role(int number) {
        return switch (number % 4) {
            case 0 -> Role.ARCHIVER;
            case 2 -> Role.VERIFIER;
            default -> Role.node(zone());
        };
    }

    private static String zone() {
        return ClusterProcesses.ZONES.get(RANDOM.nextInt(ClusterProcesses.ZONES.size()));
    }

    private void killAndRestart(ClusterProcesses cluster, List<Role> victims) throws InterruptedException {
        pause(1_500);
        for (Role victim : victims) {
            cluster.kill(victim);
            pause(300);
        }
        pause(1_500);
        victims.forEach(cluster::start);
        victims.forEach(cluster::awaitReady);
    }

    private void pause(int maxMillis) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(RANDOM.nextInt(maxMillis)));
    }

    private static void awaitProgress(Ledger ledger) throws InterruptedException {
        long wanted = ledger.acknowledged() + PROGRESS_WRITES;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ledger.acknowledged() < wanted) {
            assertThat(System.nanoTime() - deadline)
                    .as(
                            "nanoseconds over the limit while waiting for writes to go on, %d of %d",
                            ledger.acknowledged(), wanted)
                    .isNegative();
            Thread.sleep(POLL);
        }
    }
}
