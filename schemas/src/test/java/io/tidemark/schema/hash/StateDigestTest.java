package io.tidemark.schema.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateDigestTest {
    private static final Bytes HASH = Bytes.wrap(new byte[32]);

    @Test
    void theLaneIsTheFirstByteOfTheKeyHash() {
        assertThat(StateDigest.laneOf(0)).isZero();
        assertThat(StateDigest.laneOf(0x00FFFFFF)).isZero();
        assertThat(StateDigest.laneOf(0x01000000)).isOne();
        assertThat(StateDigest.laneOf(-1)).isEqualTo(255);
    }

    @Test
    void digestsOfEqualContentAreEqual() {
        assertThat(digest(lanes(256), HASH, 3)).isEqualTo(digest(lanes(256), Bytes.copyOf(HASH.array()), 3));
        List<Bytes> other = lanes(256);
        other.set(255, Bytes.wrap(new byte[] {1}));
        assertThatThrownBy(() -> digest(other, HASH, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digestsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> digest(lanes(255), HASH, 0)).hasMessageContaining("256 lanes, not 255");
        assertThatThrownBy(() -> digest(lanes(256), Bytes.EMPTY, 0)).hasMessageContaining("control hash has 32 bytes");
        assertThatThrownBy(() -> digest(lanes(256), HASH, -1)).hasMessageContaining("item count");
    }

    @Test
    void anItemsHashIsSha256OfKeyLengthKeyAndItem() {
        Bytes key = Bytes.wrap("ab".getBytes(StandardCharsets.US_ASCII));
        Bytes item = Bytes.wrap("c".getBytes(StandardCharsets.US_ASCII));
        // printf '\0\0\0\2abc' | sha256sum
        assertThat(HexFormat.of().formatHex(ItemHash.sha256(key, item)))
                .isEqualTo("3dc693fb05f87048570cb494badaae90fe011e14b93ac478d40d02462b39b9b3");
        Bytes shorter = Bytes.wrap("a".getBytes(StandardCharsets.US_ASCII));
        Bytes longer = Bytes.wrap("bc".getBytes(StandardCharsets.US_ASCII));
        assertThat(ItemHash.sha256(shorter, longer)).isNotEqualTo(ItemHash.sha256(key, item));
    }

    @Test
    void theStateHashIsSha256OfAllLanesAndTheControlHash() {
        // head -c 8224 /dev/zero | sha256sum
        assertThat(digest(lanes(256), HASH, 0).stateHash().toString())
                .isEqualTo("bcace01200693bf98ec16079d184c4f56eed0ee5e8358bd929ffac0fb6f456af");
        byte[] one = new byte[32];
        one[31] = 1;
        List<Bytes> other = lanes(256);
        other.set(255, Bytes.wrap(one));
        assertThat(List.of(
                        digest(lanes(256), HASH, 0).stateHash(),
                        digest(other, HASH, 0).stateHash(),
                        digest(lanes(256), Bytes.wrap(one), 0).stateHash()))
                .doesNotHaveDuplicates();
    }

    private static StateDigest digest(List<Bytes> lanes, Bytes control, long itemCount) {
        return new StateDigest(new ShardId(0), Lsn.FIRST, lanes, control, itemCount);
    }

    private static List<Bytes> lanes(int count) {
        return new ArrayList<>(Collections.nCopies(count, HASH));
    }
}
