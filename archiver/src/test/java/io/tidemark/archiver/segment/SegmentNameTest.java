package io.tidemark.archiver.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentNameTest {
    @Test
    void aKeyHoldsShardAndFirstLsn() {
        SegmentName name = new SegmentName(new ShardId(12), new Lsn(345));

        assertThat(name.key()).isEqualTo("wal/12/00000000000000000345.avro");
        assertThat(SegmentName.parse(name.key())).contains(name);
    }

    @Test
    void theGreatestNameIsParsed() {
        SegmentName name = new SegmentName(new ShardId(Integer.MAX_VALUE), new Lsn(Long.MAX_VALUE));

        assertThat(SegmentName.parse(name.key())).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wal/0/",
                "wal/00/00000000000000000345.avro",
                "wal/-1/00000000000000000345.avro",
                "wal/0/345.avro",
                "wal/0/00000000000000000345.avro.tmp",
                "wal/0/00000000000000000345",
                "x/wal/0/00000000000000000345.avro",
                "wal/2147483648/00000000000000000345.avro",
                "wal/0/99999999999999999999.avro"
            })
    void otherKeysAreNoSegments(String key) {
        assertThat(SegmentName.parse(key)).isEmpty();
    }
}
