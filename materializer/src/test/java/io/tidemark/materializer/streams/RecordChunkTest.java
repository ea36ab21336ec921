package io.tidemark.materializer.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.materializer.store.TestLog;
import io.tidemark.schema.wire.WalRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordChunkTest {
    private final List<List<WalRecord>> applied = new ArrayList<>();
    private final RecordChunk chunk = new RecordChunk(applied::add);
    private final List<WalRecord> records = new TestLog(1).items(200, 5);

    @Test
    void aRecordThatNothingFollowsIsHandedOnAtOnce() {
        chunk.offer(records.getFirst(), false);
        assertThat(applied).containsExactly(records.subList(0, 1));
    }

    @Test
    void recordsThatFollowEachOtherAreHandedOnTogether() {
        chunk.offer(records.get(0), true);
        chunk.offer(records.get(1), true);
        assertThat(applied).isEmpty();
        chunk.offer(records.get(2), false);
        assertThat(applied).containsExactly(records.subList(0, 3));
    }

    @Test
    void aChunkIsBounded() {
        records.forEach(record -> chunk.offer(record, true));
        chunk.flush();
        chunk.flush();
        assertThat(applied)
                .extracting(List::size)
                .containsExactly(RecordChunk.MAX_RECORDS, records.size() - RecordChunk.MAX_RECORDS);
        assertThat(applied.stream().flatMap(List::stream)).containsExactlyElementsOf(records);
    }
}
