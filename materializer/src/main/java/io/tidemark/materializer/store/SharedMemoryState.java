package io.tidemark.materializer.store;

import io.tidemark.materializer.core.Transition;
import java.util.List;
import java.util.function.Function;

/** A {@link MemoryState} that one thread changes and many read. Thread-safe. */
final class SharedMemoryState {
    private final MemoryState state;
    private boolean closed;

    SharedMemoryState(MemoryState state) {
        this.state = state;
    }

    synchronized void apply(List<Transition> transitions) {
        transitions.forEach(state::apply);
    }

    /** @param read must not keep the state, nor anything of it that changes */
    synchronized <T> T read(Function<MemoryState, T> read) {
        if (closed) {
            throw new StoreClosedException("the store in memory is closed");
        }
        return read.apply(state);
    }

    synchronized void close() {
        closed = true;
    }
}
