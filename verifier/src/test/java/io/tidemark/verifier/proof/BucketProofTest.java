package io.tidemark.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.archiver.archive.Archive;
import io.tidemark.archiver.object.MemoryObjectStore;
import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.archiver.object.ObjectStoreException;
import io.tidemark.archiver.segment.SegmentName;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.verifier.reference.ArchivedLog;
import io.tidemark.verifier.report.Conclusion;
import io.tidemark.verifier.report.ProofJson;
import io.tidemark.verifier.report.ProofReport;
import io.tidemark.verifier.report.ProofText;
import io.tidemark.verifier.report.ShardProof;
import io.tidemark.verifier.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketProofTest {
    @TempDir
    Path folder;

    private final ArchivedLog log = new ArchivedLog(5);
    private final Map<ShardId, Lsn> progress = new ConcurrentHashMap<>();
    private int proofs;

    @BeforeEach
    void archive() {
        log.put(2_000);
        log.archive();
    }

    @AfterEach
    void close() {
        log.close();
    }

    private ProofReport prove(ObjectStore store, ShardId... shards) throws IOException {
        Path scratch = Files.createDirectory(folder.resolve("proof-" + proofs++));
        return BucketProof.of(store, Set.of(shards)).run(scratch, Clock.systemUTC(), System::nanoTime, progress::put);
    }

    private ShardProof proveOne(ObjectStore store) throws IOException {
        ProofReport report = prove(store);
        assertThat(report.shards()).hasSize(1);
        return report.shards().getFirst();
    }

    private void replace(String key, Bytes content) {
        log.store().delete(key);
        assertThat(log.store().putIfAbsent(key, content)).isTrue();
    }

    private static List<String> damage(ShardProof proof) {
        return ((Verdict.Different) proof.archive().verdict()).damage();
    }

    @Test
    void aWholeChainGivesTheStateThatTheLogGives() throws IOException {
        ProofReport report = prove(log.store());

        assertThat(report.exitCode()).isZero();
        ShardProof proof = report.shards().getFirst();
        ShardProof.ProvenState state = proof.state().orElseThrow();
        assertThat(state.nextLsn()).isEqualTo(log.end());
        assertThat(state.stateHash()).isEqualTo(log.digest(log.end()).stateHash());
        assertThat(state.items()).isEqualTo(log.digest(log.end()).itemCount());
        String last = log.keys().getLast();
        assertThat(state.chainHead())
                .isEqualTo(new Archive(log.store())
                        .read(SegmentName.parse(last).orElseThrow())
                        .sha256());
        assertThat(report.segments()).isEqualTo(log.keys().size());
        assertThat(report.records()).isEqualTo(log.end().offset());
        assertThat(progress).containsEntry(ArchivedLog.SHARD, log.end());
        assertThat(ProofText.of(report))
                .contains("WHOLE: 1 of 1 chains", state.chainHead().toString());
        assertThat(ProofJson.of(report).path("shards").path(0).path("stateHash").asText())
                .isEqualTo(state.stateHash().toString());
    }

    @Test
    void everyObjectThatIsDamagedIsNamed() throws IOException {
        List<String> keys = log.keys();
        for (String key : List.of(keys.getFirst(), keys.get(2), keys.getLast())) {
            Bytes whole = log.store().get(key).orElseThrow();
            byte[] flipped = whole.array().clone();
            flipped[flipped.length / 2] ^= 4;
            replace(key, Bytes.wrap(flipped));

            ShardProof proof = proveOne(log.store());

            assertThat(proof.conclusion()).isEqualTo(Conclusion.DIFFERENT);
            assertThat(proof.state()).isEmpty();
            assertThat(damage(proof)).singleElement().asString().contains(key);
            replace(key, whole);
        }
        assertThat(proveOne(log.store()).conclusion()).isEqualTo(Conclusion.EQUAL);
    }

    @Test
    void aMissingObjectIsAHoleInTheChain() throws IOException {
        String key = log.keys().get(1);
        log.store().delete(key);

        ProofReport report = prove(log.store());

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(damage(report.shards().getFirst()).getFirst()).contains(key, "no such object");
        assertThat(ProofText.of(report)).contains("BROKEN", key);
    }

    @Test
    void aForgedSegmentIsFoundByTheHashThatTheNextOneNames() throws IOException {
        // Sound in itself, but of another log.
        try (ArchivedLog other = new ArchivedLog(6)) {
            other.put(2_000);
            other.archive();
            String first = log.keys().getFirst();
            replace(first, other.store().get(first).orElseThrow());
        }

        ShardProof proof = proveOne(log.store());

        assertThat(proof.conclusion()).isEqualTo(Conclusion.DIFFERENT);
    }

    @Test
    void anObjectBesideTheChainIsReported() throws IOException {
        String stray = new SegmentName(ArchivedLog.SHARD, new Lsn(1)).key();
        assertThat(log.store().putIfAbsent(stray, Bytes.wrap(new byte[10]))).isTrue();

        ShardProof proof = proveOne(log.store());

        assertThat(proof.conclusion()).isEqualTo(Conclusion.DIFFERENT);
        assertThat(damage(proof)).singleElement().asString().contains(stray);
    }

    @Test
    void aShardWithoutSegmentsBeforeOthersIsUnknown() throws IOException {
        String key = log.keys().getFirst();
        String other = new SegmentName(new ShardId(2), Lsn.FIRST).key();
        log.store().putIfAbsent(other, log.store().get(key).orElseThrow());

        ProofReport report = prove(log.store());

        assertThat(report.shards()).hasSize(3);
        assertThat(report.shards().get(1).conclusion()).isEqualTo(Conclusion.UNKNOWN);
        assertThat(damage(report.shards().get(2)).getFirst()).contains(other);
        assertThat(prove(log.store(), new ShardId(0)).exitCode()).isZero();
        assertThat(prove(log.store(), new ShardId(9)).exitCode()).isEqualTo(3);
    }

    @Test
    void anEmptyBucketProvesNothing() throws IOException {
        try (MemoryObjectStore empty = new MemoryObjectStore()) {
            ProofReport report = prove(empty);
            assertThat(report.shards()).isEmpty();
            assertThat(report.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void aStoreThatDoesNotAnswerProvesNothing() throws IOException {
        assertThatThrownBy(() -> prove(new Failing(log.store(), true))).isInstanceOf(ObjectStoreException.class);

        ShardProof proof = proveOne(new Failing(log.store(), false));

        assertThat(proof.conclusion()).isEqualTo(Conclusion.UNKNOWN);
        assertThat(proof.state()).isEmpty();
    }

    /** A store that lists, and of which the second segment cannot be read; or that does not even list. */
    private record Failing(ObjectStore store, boolean atOnce) implements ObjectStore {
        @Override
        public boolean putIfAbsent(String key, Bytes content) {
            throw new AssertionError("a proof writes nothing");
        }

        @Override
        public Optional<Bytes> get(String key) {
            if (SegmentName.parse(key).orElseThrow().first().offset() > 0 && !isLast(key)) {
                throw down();
            }
            return store.get(key);
        }

        @Override
        public List<ObjectSummary> list(String prefix, Optional<String> after, int limit) {
            if (atOnce) {
                throw down();
            }
            return store.list(prefix, after, limit);
        }

        @Override
        public void delete(String key) {
            throw new AssertionError("a proof deletes nothing");
        }

        @Override
        public void close() {}

        private boolean isLast(String key) {
            return store.list(SegmentName.PREFIX, Optional.of(key), 1).isEmpty();
        }

        private static ObjectStoreException down() {
            return new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, "it is down");
        }
    }
}
