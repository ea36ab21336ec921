package io.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.embedded.StartException.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ClusterId CLUSTER = ClusterId.random(new SplittableRandom(1));

    @TempDir
    Path directory;

    @Test
    void aBrokerOnItsOwnServesAndKeepsItsRecords() throws Exception {
        BrokerConfig config = config(CLUSTER, FreePorts.find());
        try (EmbeddedBroker broker = EmbeddedBroker.start(config, LIMIT)) {
            TestTopic.create(broker.address().toString(), "log").write("first");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(config, LIMIT)) {
            assertThat(new TestTopic(broker.address().toString(), "log").read()).containsExactly("first");
            assertThat(broker.fault().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aDirectoryOfAnotherClusterIsRefusedByName() throws Exception {
        EmbeddedBroker.start(config(CLUSTER, FreePorts.find()), LIMIT).close();
        ClusterId other = ClusterId.random(new SplittableRandom(2));

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> EmbeddedBroker.start(config(other, FreePorts.find()), LIMIT))
                .withMessageContaining(directory.toString())
                .withMessageContaining(CLUSTER.value())
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.DIRECTORY_OF_ANOTHER_CLUSTER));
    }

    @Test
    void aTakenPortIsRefusedByNumber() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> EmbeddedBroker.start(config(CLUSTER, port), LIMIT))
                    .withMessageContaining("Port " + port)
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.PORT_IN_USE));
        }
    }

    @Test
    void aStartWithoutAMajorityOfControllersEndsInTimeAndGivesEverythingBack() throws Exception {
        int port = FreePorts.find();
        SortedMap<Integer, HostAndPort> voters = new TreeMap<>(Map.of(
                1,
                HostAndPort.loopback(port),
                2,
                HostAndPort.loopback(FreePorts.find()),
                3,
                HostAndPort.loopback(FreePorts.find())));
        BrokerConfig alone = config(new ControllerQuorum(CLUSTER, voters), port);

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> EmbeddedBroker.start(alone, Duration.ofSeconds(2)))
                .withMessageContaining("zone a")
                .withMessageContaining("2@127.0.0.1:" + voters.get(2).port())
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.FAILED));

        try (DirectoryLock lock = DirectoryLock.take(directory);
                BrokerSockets sockets = BrokerSockets.bind(alone.listeners())) {
            assertThat(sockets.controllerPort()).isEqualTo(port);
        }
        EmbeddedBrokersTest.awaitNoBrokerThreads();
    }

    private BrokerConfig config(ClusterId cluster, int controllerPort) {
        return config(
                new ControllerQuorum(cluster, new TreeMap<>(Map.of(1, HostAndPort.loopback(controllerPort)))),
                controllerPort);
    }

    private BrokerConfig config(ControllerQuorum quorum, int controllerPort) {
        return new BrokerConfig(
                1, "a", directory, BrokerListeners.loopback(0, controllerPort), quorum, KafkaSettings.sharedProcess());
    }
}
