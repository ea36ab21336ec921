package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
    private static final ShardId SHARD = new ShardId(1);

    @TempDir
    Path directory;

    private Evidence evidence;

    @BeforeEach
    void createEvidence() {
        evidence = new Evidence(directory.resolve("evidence"));
    }

    @Test
    void aStoreThatIsSetAsideIsGoneFromItsPlaceAndKept() throws IOException {
        Path aside = setAside(SHARD, 42);
        assertThat(directory.resolve("store")).doesNotExist();
        assertThat(aside.resolve("sub/file")).hasContent("42");
        assertThat(evidence.list(SHARD)).containsExactly(aside);
    }

    @Test
    void theLatestTwoOfEachShardAreKept() throws IOException {
        Path other = setAside(new ShardId(11), 1);
        setAside(SHARD, 9);
        Path second = setAside(SHARD, 10);
        Path third = setAside(SHARD, 10);
        assertThat(evidence.list(SHARD)).isEqualTo(List.of(second, third));
        Path fourth = setAside(SHARD, 100);
        assertThat(evidence.list(SHARD)).isEqualTo(List.of(third, fourth));
        assertThat(evidence.list(new ShardId(11))).containsExactly(other);
    }

    @Test
    void aStoreThatCouldNotTellItsLsnIsKeptBesideOlderOnes() throws IOException {
        setAside(SHARD, 9);
        Path older = setAside(SHARD, 10);
        Path unreadable = setAside(SHARD, 0);
        assertThat(evidence.list(SHARD)).isEqualTo(List.of(unreadable, older));
    }

    @Test
    void whereThereIsNoStoreNothingIsKept() {
        assertThat(evidence.setAside(SHARD, directory.resolve("none"), Lsn.FIRST))
                .isEmpty();
        assertThat(evidence.list(SHARD)).isEmpty();
    }

    private Path setAside(ShardId shard, long lsn) throws IOException {
        Path store = directory.resolve("store");
        Files.createDirectories(store.resolve("sub"));
        Files.writeString(store.resolve("sub/file"), Long.toString(lsn));
        return evidence.setAside(shard, store, new Lsn(lsn)).orElseThrow();
    }
}
