package io.tidemark.verifier.compare;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.node.NodeReply.LaneEntriesResult;
import io.tidemark.schema.node.NodeReply.LaneEntry;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The entries of some lanes in key order, fetched page by page. For one thread. */
final class LanePages implements Iterator<LaneEntry> {
    /** Gives the page that begins after a key. */
    interface Source {
        LaneEntriesResult page(Optional<Bytes> after);
    }

    private final Source source;
    private List<LaneEntry> page = List.of();
    private int index;
    private Optional<Bytes> after = Optional.empty();
    private boolean last;

    LanePages(Source source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        while (index == page.size() && !last) {
            LaneEntriesResult next = source.page(after);
            page = next.entries();
            index = 0;
            after = next.next();
            last = after.isEmpty();
        }
        return index < page.size();
    }

    @Override
    public LaneEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.get(index++);
    }
}
