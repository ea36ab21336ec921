package io.tidemark.schema.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Seeded;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LaneSumTest {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    @Test
    void sumsAreThoseOfArithmeticModulo2To256() {
        Seeded.times(500, random -> {
            LaneSum lane = new LaneSum();
            BigInteger expected = BigInteger.ZERO;
            for (int i = 0; i < 50; i++) {
                byte[] hash = edgeHash(random);
                BigInteger number = new BigInteger(1, hash);
                if (random.nextBoolean()) {
                    lane.add(hash);
                    expected = expected.add(number).mod(MODULUS);
                } else {
                    lane.subtract(hash);
                    expected = expected.subtract(number).mod(MODULUS);
                }
                assertThat(new BigInteger(1, lane.toBytes().array())).isEqualTo(expected);
            }
            assertThat(new LaneSum(lane.toBytes()).toBytes()).isEqualTo(lane.toBytes());
        });
    }

    @Test
    void theOrderDoesNotMatter() {
        Seeded.times(200, random -> {
            List<byte[]> hashes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                hashes.add(edgeHash(random));
            }
            Bytes forward = sum(hashes);
            Collections.shuffle(hashes, new Random(random.nextLong()));
            assertThat(sum(hashes)).isEqualTo(forward);
        });
    }

    @Test
    void whatWasAddedAndTakenAwayLeavesZero() {
        LaneSum lane = new LaneSum();
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) 0xFF);
        lane.add(hash);
        lane.add(hash);
        lane.subtract(hash);
        lane.subtract(hash);
        assertThat(lane.toBytes()).isEqualTo(Bytes.wrap(new byte[32]));
    }

    @Test
    void hashesOfOtherSizesAreRefused() {
        assertThatThrownBy(() -> new LaneSum().add(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LaneSum().subtract(new byte[33])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LaneSum(Bytes.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Bytes sum(List<byte[]> hashes) {
        LaneSum lane = new LaneSum();
        hashes.forEach(lane::add);
        return lane.toBytes();
    }

    /** Words of zeros and ones are where carries go wrong. */
    private static byte[] edgeHash(RandomGenerator random) {
        byte[] hash = new byte[LaneSum.SIZE_BYTES];
        random.nextBytes(hash);
        for (int word = 0; word < 4; word++) {
            int kind = random.nextInt(4);
            if (kind < 2) {
                Arrays.fill(hash, word * 8, word * 8 + 8, (byte) -kind);
            }
        }
        return hash;
    }
}
