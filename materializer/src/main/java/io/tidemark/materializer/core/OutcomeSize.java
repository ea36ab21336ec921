package io.tidemark.materializer.core;

import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.ItemSize;
import java.util.Optional;

/**
 * What a remembered outcome counts for: {@value #FIXED_BYTES} bytes, and the size of the attributes that it returns, as items are
 * measured. Not what it takes at rest, which another encoding may change: replicas must forget the same outcomes whatever
 * build they run.
 */
public final class OutcomeSize {
    private static final int FIXED_BYTES = 64;

    private OutcomeSize() {}

    public static int bytes(Outcome outcome) {
        return FIXED_BYTES
                + switch (outcome) {
                    case Outcome.Applied applied -> bytes(applied.attributes());
                    case Outcome.ConditionFailed failed -> bytes(failed.oldItem());
                    case Outcome.Invalid invalid -> invalid.detail().length();
                    case Outcome.Rejected rejected -> rejected.detail().length();
                    case Outcome.AlreadyApplied already -> 0;
                    case Outcome.Acknowledged acknowledged -> 0;
                    case Outcome.Purged purged -> 0;
                    case Outcome.BarrierReached reached -> 0;
                };
    }

    private static int bytes(Optional<Item> attributes) {
        return attributes.map(ItemSize::of).orElse(0);
    }
}
