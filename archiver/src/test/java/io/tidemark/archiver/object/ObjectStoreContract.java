package io.tidemark.archiver.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.archiver.object.ObjectStore.ObjectSummary;
import io.tidemark.schema.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every object store must do. */
abstract class ObjectStoreContract {
    /** More than one page of S3's has. */
    private static final int MANY_OBJECTS = 1010;

    /** An empty one for each test; this class does not close it. */
    abstract ObjectStore store();

    @Test
    void anObjectIsReadAsItWasWritten() {
        byte[] content = new byte[1_000_003];
        new Random(5).nextBytes(content);

        assertThat(store().putIfAbsent("wal/0/00000000000000000000.avro", Bytes.copyOf(content)))
                .isTrue();

        assertThat(store().get("wal/0/00000000000000000000.avro")).contains(Bytes.wrap(content));
    }

    @Test
    void anEmptyObjectIsKept() {
        assertThat(store().putIfAbsent("empty", Bytes.EMPTY)).isTrue();

        assertThat(store().get("empty")).contains(Bytes.EMPTY);
        assertThat(store().putIfAbsent("empty", bytes("late"))).isFalse();
    }

    @Test
    void aTakenKeyIsLeftAsItIs() {
        store().putIfAbsent("key", bytes("first"));

        assertThat(store().putIfAbsent("key", bytes("second"))).isFalse();

        assertThat(store().get("key")).contains(bytes("first"));
    }

    @Test
    void ofConcurrentWritersOneWins() throws Exception {
        int writers = 4;
        CyclicBarrier barrier = new CyclicBarrier(writers);
        try (ExecutorService executor = Executors.newFixedThreadPool(writers)) {
            for (int round = 0; round < 10; round++) {
                String key = "race/" + round;
                List<Callable<Boolean>> calls = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    Bytes content = bytes("writer " + writer);
                    calls.add(() -> {
                        barrier.await();
                        return store().putIfAbsent(key, content);
                    });
                }
                int winner = -1;
                List<Future<Boolean>> results = executor.invokeAll(calls);
                for (int writer = 0; writer < writers; writer++) {
                    if (results.get(writer).get()) {
                        assertThat(winner).as("winner of round %d", round).isNegative();
                        winner = writer;
                    }
                }
                assertThat(store().get(key)).contains(bytes("writer " + winner));
            }
        }
    }

    @Test
    void anObjectThatIsNotThereIsEmpty() {
        assertThat(store().get("nothing/here")).isEmpty();
    }

    @Test
    void keysAreListedInByteOrderUnderTheirPrefix() {
        List<String> keys = List.of("wal/0/b", "wal/0/a", "wal/10/a", "wal/1/ä", "wal/1/z", "walrus", "zone");
        keys.forEach(key -> store().putIfAbsent(key, bytes(key)));

        assertThat(list("wal/", Optional.empty(), 100))
                .containsExactly("wal/0/a", "wal/0/b", "wal/1/z", "wal/1/ä", "wal/10/a");
        assertThat(list("wal/1/", Optional.empty(), 100)).containsExactly("wal/1/z", "wal/1/ä");
        assertThat(list("wal/2/", Optional.empty(), 100)).isEmpty();
        assertThat(list("", Optional.empty(), 100)).hasSize(keys.size());
    }

    @Test
    void listedObjectsHaveTheirSize() {
        store().putIfAbsent("wal/a", bytes("four"));

        assertThat(store().list("wal/", Optional.empty(), 10)).containsExactly(new ObjectSummary("wal/a", 4));
    }

    @Test
    void aListingGoesOnAfterAKeyThatNeedNotExist() {
        for (String key : List.of("wal/0/10", "wal/0/20", "wal/0/30", "wal/1/10")) {
            store().putIfAbsent(key, bytes(key));
        }

        assertThat(list("wal/0/", Optional.of("wal/0/10"), 10)).containsExactly("wal/0/20", "wal/0/30");
        assertThat(list("wal/0/", Optional.of("wal/0/15"), 10)).containsExactly("wal/0/20", "wal/0/30");
        assertThat(list("wal/0/", Optional.of("wal/0/15"), 1)).containsExactly("wal/0/20");
        assertThat(list("wal/0/", Optional.of("wal/0/30"), 10)).isEmpty();
        assertThat(list("wal/0/", Optional.of("wal/0/~"), 10)).isEmpty();
        assertThat(list("wal/", Optional.of("wal/0/~"), 1)).containsExactly("wal/1/10");
        assertThat(list("wal/1/", Optional.of("a"), 10)).containsExactly("wal/1/10");
    }

    @Test
    void aLimitBeyondOnePageIsServed() throws Exception {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < MANY_OBJECTS; i++) {
            keys.add(String.format(Locale.ROOT, "many/%05d", i));
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> puts = new ArrayList<>();
            keys.forEach(key -> puts.add(() -> store().putIfAbsent(key, Bytes.EMPTY)));
            for (Future<Boolean> put : executor.invokeAll(puts)) {
                assertThat(put.get()).isTrue();
            }
        }

        assertThat(list("many/", Optional.empty(), keys.size() - 1)).isEqualTo(keys.subList(0, keys.size() - 1));
        assertThat(list("many/", Optional.empty(), Integer.MAX_VALUE)).isEqualTo(keys);
    }

    @Test
    void aDeletedObjectIsGoneAndItsKeyIsFree() {
        store().putIfAbsent("key", bytes("first"));

        store().delete("key");

        assertThat(store().get("key")).isEmpty();
        assertThat(list("key", Optional.empty(), 10)).isEmpty();
        assertThat(store().putIfAbsent("key", bytes("second"))).isTrue();
    }

    @Test
    void deletingWhatIsNotThereIsNoError() {
        store().delete("nothing/here");

        assertThat(store().get("nothing/here")).isEmpty();
    }

    @Test
    void keysThatS3DoesNotAdmitAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> store().putIfAbsent("", Bytes.EMPTY));
        assertThatIllegalArgumentException().isThrownBy(() -> store().get("k".repeat(1025)));
    }

    private List<String> list(String prefix, Optional<String> after, int limit) {
        return store().list(prefix, after, limit).stream()
                .map(ObjectSummary::key)
                .toList();
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
