package io.tidemark.schema.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Seeded;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HashRangeTest {
    @Test
    void hashesAreUnsigned() {
        HashRange upper = new HashRange(1L << 31, HashRange.HASH_COUNT);
        assertThat(upper.contains(-1)).isTrue();
        assertThat(upper.contains(Integer.MIN_VALUE)).isTrue();
        assertThat(upper.contains(Integer.MAX_VALUE)).isFalse();
    }

    @Test
    void partsFollowEachOtherAndDifferByOneAtMost() {
        Seeded.times(1_000, random -> {
            long start = random.nextLong(HashRange.HASH_COUNT);
            HashRange whole = new HashRange(start, random.nextLong(start + 1, HashRange.HASH_COUNT + 1));
            long size = whole.end() - whole.start();
            int count = (int) Math.min(size, random.nextInt(1, 1_000));
            long covered = whole.start();
            for (int i = 0; i < count; i++) {
                HashRange part = whole.part(i, count);
                assertThat(part.start()).isEqualTo(covered);
                assertThat(part.end() - part.start()).isBetween(size / count, size / count + 1);
                covered = part.end();
            }
            assertThat(covered).isEqualTo(whole.end());
        });
    }

    @Test
    void impossibleRangesAndPartsAreRefused() {
        assertThatThrownBy(() -> new HashRange(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HashRange(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HashRange(0, HashRange.HASH_COUNT + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HashRange(0, 2).part(0, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HashRange.ALL.part(2, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHashIsKafkasMurmur2() {
        // The values that Kafka's own tests fix.
        assertThat(KeyHash.of("21".getBytes(StandardCharsets.UTF_8))).isEqualTo(-973932308);
        assertThat(KeyHash.of("foobar".getBytes(StandardCharsets.UTF_8))).isEqualTo(-790332482);
        assertThat(KeyHash.of("a-little-bit-long-string".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(-985981536);
    }
}
