package io.tidemark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.simulation.api.ApiClient;
import io.tidemark.simulation.api.ApiClient.Reply;
import io.tidemark.simulation.api.RegisterLoad;
import io.tidemark.simulation.api.RetriableErrors;
import io.tidemark.simulation.linearizability.HistoryText;
import io.tidemark.simulation.linearizability.Input;
import io.tidemark.simulation.linearizability.Linearizability;
import io.tidemark.simulation.linearizability.Operation;
import io.tidemark.simulation.linearizability.Output;
import io.tidemark.simulation.linearizability.Verdict;
import io.tidemark.simulation.process.ClusterExtension;
import io.tidemark.simulation.process.ClusterProcesses;
import io.tidemark.simulation.process.RemoteCluster;
import io.tidemark.simulation.process.Role;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The API while routers and storage nodes are killed. The seed is printed; {@code -Dtidemark.simulation.seed=…} repeats victims and
 * pauses, {@code -Dtidemark.simulation.rounds=20} is the long version.
 */
@ExtendWith(ClusterExtension.class)
class RouterFaultsTest {
    private static final int ROUNDS = Integer.getInteger("tidemark.simulation.rounds", 2);
    private static final long SEED = Long.getLong("tidemark.simulation.seed", System.nanoTime());
    private static final int CLIENTS = 6;
    private static final int PROGRESS = 40;
    /** Enough for every shard to own some. */
    private static final int ITEMS = 24;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);
    /** A machine under load delivers an answer late. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final KeySchema KEY_SCHEMA = KeySchema.of(new KeyAttribute("id", KeyType.S));
    private static final List<Role> ROUTERS = IntStream.rangeClosed(1, ClusterProcesses.ROUTERS)
            .mapToObj(Role::router)
            .toList();

    private static final SplittableRandom RANDOM = new SplittableRandom(SEED);

    private final ApiClient api = new ApiClient(ClusterProcesses.REQUEST_TIMEOUT.plus(SLACK));

    @BeforeAll
    static void startRouters(ClusterProcesses cluster) {
        ROUTERS.forEach(cluster::start);
        ROUTERS.forEach(cluster::awaitReady);
    }

    @AfterAll
    static void stopRouters(ClusterProcesses cluster) {
        ROUTERS.forEach(router -> cluster.stop(router, PATIENCE));
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyItemIsLinearizableWhileNodesAndRoutersAreKilled(ClusterProcesses cluster) throws Exception {
        System.out.println("seed " + SEED + ", " + ROUNDS + " rounds");
        prepare(cluster, "registers");
        List<URI> routers = ROUTERS.stream().map(cluster::routerAddress).toList();
        List<Operation> history;
        try (RegisterLoad load = RegisterLoad.start("registers", api, routers, CLIENTS, RANDOM.split())) {
            awaitProgress(load);
            for (int round = 1; round <= ROUNDS; round++) {
                List<Role> victims = victims(round);
                killAndRestart(cluster, victims);
                awaitProgress(load);
                System.out.println("round " + round + ": killed " + victims + ", " + load.answered() + " answered");
            }
            history = load.stop();
            assertThat(load.failures()).isEmpty();
        }
        assertThat(cluster.dead()).as("processes that ended by themselves").isEmpty();
        System.out.println(figures(history));
        requireLinearizable(history);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void requestsGoOnInAnotherZoneWhenTheirZoneDies(ClusterProcesses cluster) throws Exception {
        System.out.println("seed " + SEED);
        prepare(cluster, "zones");
        for (int item = 0; item < ITEMS; item++) {
            requireDone(put(cluster, "zones", item));
        }
        Role victim = Role.node(ClusterProcesses.ZONES.get(RANDOM.nextInt(ClusterProcesses.ZONES.size())));
        cluster.kill(victim);
        try {
            List<Optional<Reply>> replies = new ArrayList<>(
                    atOnce(item -> put(cluster, "zones", item), item -> readStrongly(cluster, "zones", item)));
            replies.forEach(RouterFaultsTest::requireDone);
            System.out.println("killed " + victim + ": " + replies.size() + " requests answered, the slowest after "
                    + slowest(replies).toMillis() + " ms");
        } finally {
            cluster.start(victim);
            cluster.awaitReady(victim);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void withoutAnyZoneEveryRequestEndsInTimeWithAnErrorThatSdksRepeat(ClusterProcesses cluster) throws Exception {
        prepare(cluster, "nothing");
        requireDone(put(cluster, "nothing", 0));
        List<Role> nodes = ClusterProcesses.ZONES.stream().map(Role::node).toList();
        nodes.forEach(cluster::kill);
        try {
            List<Optional<Reply>> replies =
                    atOnce(item -> put(cluster, "nothing", item), item -> readStrongly(cluster, "nothing", item));
            assertThat(replies).allSatisfy(answer -> {
                Reply reply = answer.orElseThrow(() -> new AssertionError("no answer"));
                assertThat(reply.status()).as("%s", reply).isGreaterThanOrEqualTo(500);
                assertThat(RetriableErrors.NAMES).as("%s", reply).contains(reply.error());
                assertThat(reply.took()).isLessThan(ClusterProcesses.REQUEST_TIMEOUT.plus(SLACK));
            });
        } finally {
            nodes.forEach(cluster::start);
            nodes.forEach(cluster::awaitReady);
        }
        prepare(cluster, "nothing");
        requireDone(put(cluster, "nothing", 0));
    }

    private static void prepare(ClusterProcesses cluster, String table) throws InterruptedException {
        try (RemoteCluster remote = cluster.connect(RANDOM.split())) {
            remote.awaitServing(PATIENCE);
            remote.table(table, KEY_SCHEMA);
        }
    }

    /** A router or a node in turns, now and then one of each. */
    private static List<Role> victims(int round) {
        Role router = ROUTERS.get(RANDOM.nextInt(ROUTERS.size()));
        Role node = Role.node(ClusterProcesses.ZONES.get(RANDOM.nextInt(ClusterProcesses.ZONES.size())));
        return switch (round % 3) {
            case 0 -> List.of(router, node);
            case 1 -> List.of(node);
            default -> List.of(router);
        };
    }

    private static void killAndRestart(ClusterProcesses cluster, List<Role> victims) throws InterruptedException {
        pause();
        victims.forEach(cluster::kill);
        pause();
        victims.forEach(cluster::start);
        victims.forEach(cluster::awaitReady);
    }

    private static void pause() throws InterruptedException {
        Thread.sleep(Duration.ofMillis(RANDOM.nextInt(1_500)));
    }

    private static void awaitProgress(RegisterLoad load) throws InterruptedException {
        long wanted = load.answered() + PROGRESS;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (load.answered() < wanted) {
            assertThat(load.failures()).isEmpty();
            assertThat(System.nanoTime() - deadline)
                    .as("too long without answers: %d of %d", load.answered(), wanted)
                    .isNegative();
            Thread.sleep(POLL);
        }
    }

    private static String figures(List<Operation> history) {
        long unknown = history.stream()
                .filter(operation -> operation.output() instanceof Output.Unknown)
                .count();
        long reads = history.stream()
                .filter(operation -> operation.input() instanceof Input.Get)
                .count();
        return history.size() + " operations, " + reads + " of them strong reads, " + unknown
                + " writes without an answer, "
                + history.stream().map(Operation::key).distinct().count() + " items";
    }

    private static void requireLinearizable(List<Operation> history) throws Exception {
        Verdict verdict = Linearizability.check(history, Linearizability.DEFAULT_MAX_STEPS);
        if (!(verdict instanceof Verdict.Linearizable found)) {
            Path file =
                    Files.writeString(Files.createTempFile("tidemark-history", ".txt"), HistoryText.format(history));
            throw new AssertionError(verdict + "\nseed " + SEED + "; the history is in " + file);
        }
        System.out.println("linearizable, found in " + found.steps() + " steps");
        assertThat(found.operations()).isGreaterThan(ROUNDS * PROGRESS);
    }

    /** Two requests for each item, each tried once, all of them at the same time. */
    private static List<Optional<Reply>> atOnce(Request first, Request second) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Optional<Reply>>> calls = new ArrayList<>();
            for (int i = 0; i < ITEMS; i++) {
                int item = i;
                calls.add(() -> first.send(item));
                calls.add(() -> second.send(item));
            }
            List<Optional<Reply>> replies = new ArrayList<>();
            for (Future<Optional<Reply>> call : threads.invokeAll(calls)) {
                replies.add(call.get());
            }
            return replies;
        }
    }

    /** One attempt at an operation on the item of that number. */
    @FunctionalInterface
    private interface Request {
        Optional<Reply> send(int item) throws Exception;
    }

    private Optional<Reply> put(ClusterProcesses cluster, String table, int item) throws InterruptedException {
        ObjectNode parameters = ApiClient.object().put("TableName", table);
        ObjectNode content = parameters.putObject("Item");
        content.putObject("id").put("S", "item-" + item);
        content.putObject("v").put("N", Integer.toString(item));
        return send(cluster, "PutItem", parameters);
    }

    private Optional<Reply> readStrongly(ClusterProcesses cluster, String table, int item) throws InterruptedException {
        ObjectNode parameters = ApiClient.object().put("TableName", table).put("ConsistentRead", true);
        parameters.putObject("Key").putObject("id").put("S", "item-" + item);
        return send(cluster, "GetItem", parameters);
    }

    private Optional<Reply> send(ClusterProcesses cluster, String operation, ObjectNode parameters)
            throws InterruptedException {
        String invocationId;
        synchronized (RANDOM) {
            invocationId = new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString();
        }
        return api.call(cluster.routerAddress(ROUTERS.getFirst()), operation, parameters, invocationId);
    }

    private static void requireDone(Optional<Reply> answer) {
        assertThat(answer).hasValueSatisfying(reply -> {
            assertThat(reply.succeeded()).as("%s", reply).isTrue();
            assertThat(reply.took()).isLessThan(ClusterProcesses.REQUEST_TIMEOUT);
        });
    }

    private static Duration slowest(List<Optional<Reply>> replies) {
        return replies.stream()
                .flatMap(Optional::stream)
                .map(Reply::took)
                .reduce(Duration.ZERO, (left, right) -> left.compareTo(right) > 0 ? left : right);
    }
}
