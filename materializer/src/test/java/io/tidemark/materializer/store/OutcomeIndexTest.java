package io.tidemark.materializer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.materializer.core.RememberedOutcome.Mark;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.RequestId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeIndexTest {
    private static final int STEPS = 20_000;

    /** With few different words in the ids, so that many of them meet in the index. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void itFindsWhatWasAddedAndNothingThatWasForgotten(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        OutcomeIndex index = new OutcomeIndex(256);
        Deque<Mark> model = new ArrayDeque<>();
        long lsn = 0;
        for (int step = 0; step < STEPS; step++) {
            lsn += 1 + random.nextInt(3);
            Mark mark = new Mark(
                    new Lsn(lsn),
                    random.nextInt(1_000),
                    new RequestId(random.nextInt(8), lsn),
                    random.nextInt(400_000));
            index.add(mark);
            model.add(mark);
            if (random.nextInt(400) == 0) {
                Lsn before = new Lsn(random.nextLong(lsn + 2));
                int forgotten = 0;
                while (!model.isEmpty() && model.getFirst().lsn().isBefore(before)) {
                    assertThat(index.find(model.getFirst().requestId())).isPresent();
                    model.removeFirst();
                    forgotten++;
                }
                assertThat(index.forgetBefore(before)).isEqualTo(forgotten);
            }
            assertThat(index.size()).isEqualTo(model.size());
            if (step % 1_000 == 0) {
                assertThat(index.totalBytes())
                        .isEqualTo(model.stream().mapToLong(Mark::sizeBytes).sum());
            }
            assertThat(index.find(new RequestId(random.nextInt(8), lsn + 1))).isEmpty();
        }
        for (Mark mark : model) {
            assertThat(index.find(mark.requestId())).hasValue(mark.lsn().offset());
            assertThat(index.mark(mark.requestId())).isEqualTo(mark);
        }
        List<Mark> all = new ArrayList<>(model);
        assertThat(index.oldest(5)).isEqualTo(all.subList(0, Math.min(5, all.size())));
        assertThat(index.oldest(Integer.MAX_VALUE)).isEqualTo(all);
    }

    @Test
    void anIdIsRememberedOnceAndLsnsGrow() {
        OutcomeIndex index = new OutcomeIndex(1);
        index.add(new Mark(new Lsn(5), 0, new RequestId(1, 1), 9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.add(new Mark(new Lsn(6), 0, new RequestId(1, 1), 9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.add(new Mark(new Lsn(5), 0, new RequestId(1, 2), 9)));
    }
}
