package io.tidemark.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tidemark.embedded.StartException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokersTest {

    private static final List<String> ONE_ZONE = List.of("a");

    @TempDir
    Path directory;

    @Test
    void aRestartOnOtherPortsKeepsEveryAcknowledgedRecord() throws Exception {
        ClusterId clusterId;
        String firstServers;
        try (EmbeddedBrokers brokers = start()) {
            clusterId = brokers.clusterId();
            firstServers = brokers.bootstrapServers();
            TestTopic.create(firstServers, "log").write("first", "second");
        }
        try (EmbeddedBrokers brokers = start()) {
            assertThat(brokers.clusterId()).isEqualTo(clusterId);
            assertThat(brokers.bootstrapServers()).isNotEqualTo(firstServers);
            TestTopic topic = new TestTopic(brokers.bootstrapServers(), "log");
            topic.write("third");
            assertThat(topic.read()).containsExactly("first", "second", "third");
        }
    }

    @Test
    void aKilledProcessLosesNoAcknowledgedRecord() throws Exception {
        try (ClusterProcess cluster = ClusterProcess.start(directory)) {
            TestTopic.create(cluster.bootstrapServers(), "log").write("first", "second");
            cluster.kill();
        }
        try (EmbeddedBrokers brokers = start()) {
            TestTopic topic = new TestTopic(brokers.bootstrapServers(), "log");
            topic.write("third");
            assertThat(topic.read()).containsExactly("first", "second", "third");
        }
    }

    @Test
    void writesGoOnWhileAnyOneBrokerOfThreeIsStopped() throws Exception {
        try (EmbeddedBrokers brokers = start()) {
            TestTopic topic = TestTopic.create(brokers.bootstrapServers(), "log");
            topic.write("with three");
            for (String zone : brokers.zones()) {
                brokers.stopBroker(zone);
                assertThat(brokers.isRunning(zone)).isFalse();
                topic.write("without " + zone);
                brokers.startBroker(zone);
                assertThat(brokers.isRunning(zone)).isTrue();
            }
            assertThat(topic.read()).containsExactly("with three", "without a", "without b", "without c");
        }
    }

    @Test
    void aBrokerWhoseDiskFailsIsReportedAndClosedAndTheOthersGoOn() throws Exception {
        try (EmbeddedBrokers brokers = start()) {
            TestTopic topic = TestTopic.create(brokers.bootstrapServers(), "log");
            topic.write("before");

            deleteRecursively(directory.resolve("broker-2"));

            BrokerFault fault = brokers.firstFault().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(fault.zone()).isEqualTo("b");
            await().atMost(Duration.ofSeconds(30)).until(() -> !brokers.isRunning("b"));
            topic.write("after");
            assertThat(topic.read()).containsExactly("before", "after");
        }
    }

    @Test
    void aRecordOfNearlyTwoMebibytesIsKept() throws Exception {
        String value = TestTopic.ofBytes(2 * 1024 * 1024 - 1024);
        try (EmbeddedBrokers brokers = EmbeddedBrokers.start(oneZone(Optional.empty()))) {
            TestTopic topic = TestTopic.create(brokers.bootstrapServers(), "log");
            topic.write(value);
            assertThat(topic.read()).containsExactly(value);
        }
    }

    @Test
    void theBrokersListenOnThePortsThatAreGiven() throws Exception {
        int port = FreePorts.find();
        try (EmbeddedBrokers brokers = EmbeddedBrokers.start(oneZone(Optional.of(port)))) {
            assertThat(brokers.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            TestTopic.create(brokers.bootstrapServers(), "log").write("first");
        }
    }

    @Test
    void aClosedClusterLeavesNoThreadThatKeepsTheProcessAlive() {
        awaitNoBrokerThreads();
        EmbeddedBrokers brokers = EmbeddedBrokers.start(oneZone(Optional.empty()));
        assertThat(brokerThreads()).isNotEmpty();
        brokers.close();
        brokers.close();
        awaitNoBrokerThreads();
    }

    @Test
    void aDirectoryInUseIsRefusedByName() {
        try (EmbeddedBrokers brokers = EmbeddedBrokers.start(oneZone(Optional.empty()))) {
            assertThat(brokers.isRunning("a")).isTrue();
            assertRefused(oneZone(Optional.empty()), Reason.DIRECTORY_IN_USE, directory.toString());
        }
    }

    @Test
    void aTakenPortIsRefusedByNumberAndLeavesTheDirectoryFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertRefused(oneZone(Optional.of(port)), Reason.PORT_IN_USE, "Port " + port);
        }
        DirectoryLock.take(directory).close();
    }

    @Test
    void otherZonesThanTheDirectorysOwnAreRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // The layout is written, but no broker is started.
            assertRefused(oneZone(Optional.of(taken.getLocalPort())), Reason.PORT_IN_USE, "Port");
        }
        assertRefused(
                BrokersConfig.inDirectory(directory),
                Reason.DIRECTORY_OF_ANOTHER_CLUSTER,
                "the zones [a], not [a, b, c]");
    }

    @Test
    void aDamagedLayoutIsNotReplaced() throws Exception {
        Files.writeString(directory.resolve("cluster.properties"), "zones=a\n");
        assertRefused(oneZone(Optional.empty()), Reason.DIRECTORY_UNUSABLE, "cluster.properties is damaged");
    }

    private EmbeddedBrokers start() {
        return EmbeddedBrokers.start(BrokersConfig.inDirectory(directory));
    }

    private BrokersConfig oneZone(Optional<Integer> port) {
        return new BrokersConfig(directory, ONE_ZONE, port);
    }

    private static void assertRefused(BrokersConfig config, Reason reason, String message) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> EmbeddedBrokers.start(config))
                .withMessageContaining(message)
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    static void awaitNoBrokerThreads() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(brokerThreads()).isEmpty());
    }

    private static List<Thread> brokerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getThreadGroup() instanceof BrokerThreads && !thread.isDaemon())
                .toList();
    }

    /** Deletes everything, although a broker may create and delete files meanwhile. */
    private static void deleteRecursively(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
