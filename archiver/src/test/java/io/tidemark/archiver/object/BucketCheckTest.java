package io.tidemark.archiver.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.archiver.object.ObjectStoreException.Kind;
import io.tidemark.schema.Bytes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BucketCheckTest {
    private final ObjectStore store = new MemoryObjectStore();

    @Test
    void aSoundStorePassesEachTime() {
        BucketCheck.run(store);
        BucketCheck.run(store);

        assertThat(store.list("", Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void aStoreThatOverwritesIsRefusedEachTime() {
        ObjectStore overwriting = new FaultyStore(store) {
            @Override
            public boolean putIfAbsent(String key, Bytes content) {
                store.delete(key);
                return store.putIfAbsent(key, content);
            }
        };

        for (int start = 0; start < 3; start++) {
            assertRefused(overwriting, "does not honour If-None-Match");
        }
    }

    @Test
    void aStoreThatOverwritesSilentlyIsRefused() {
        ObjectStore overwriting = new FaultyStore(store) {
            @Override
            public boolean putIfAbsent(String key, Bytes content) {
                boolean written = store.putIfAbsent(key, content);
                store.delete(key);
                store.putIfAbsent(key, content);
                return written;
            }
        };

        assertRefused(overwriting, "does not honour If-None-Match");
    }

    @Test
    void aStoreThatReturnsSomethingElseIsRefused() {
        ObjectStore garbling = new FaultyStore(store) {
            @Override
            public Optional<Bytes> get(String key) {
                return Optional.of(Bytes.EMPTY);
            }
        };

        assertRefused(garbling, "does not return what was written");
    }

    @Test
    void aStoreThatForgetsIsRefused() {
        ObjectStore forgetting = new FaultyStore(store) {
            @Override
            public boolean putIfAbsent(String key, Bytes content) {
                return true;
            }
        };

        assertRefused(forgetting, "although it was written just now");
    }

    @Test
    void aStoreThatListsLateIsRefused() {
        ObjectStore late = new FaultyStore(store) {
            @Override
            public List<ObjectSummary> list(String prefix, Optional<String> after, int limit) {
                return List.of();
            }
        };

        assertRefused(late, "does not list an object");
    }

    private static void assertRefused(ObjectStore store, String because) {
        assertThatExceptionOfType(ObjectStoreException.class)
                .isThrownBy(() -> BucketCheck.run(store))
                .withMessageContaining(because)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
    }
}
