package io.tidemark.verifier.reference;

import io.tidemark.archiver.archive.ChainReader;
import io.tidemark.archiver.segment.SegmentReader;
import io.tidemark.schema.Lsn;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the next segment of a chain while the one before is being worked on. For one thread; holds at most two segments.
 */
final class Prefetch implements AutoCloseable {
    private final ChainReader chain;
    private final ExecutorService fetcher = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("prefetch").factory());
    private @Nullable Future<Optional<SegmentReader>> ahead;
    private Lsn position;

    /** @param chain belongs to this object from now on */
    Prefetch(ChainReader chain) {
        this.chain = chain;
        this.position = chain.position();
    }

    /** Where the next segment begins. */
    Lsn position() {
        return position;
    }

    /** As {@link ChainReader#next}, whose failures it throws. */
    Optional<SegmentReader> next() {
        Future<Optional<SegmentReader>> wanted = ahead == null ? fetcher.submit(chain::next) : ahead;
        ahead = null;
        Optional<SegmentReader> segment = await(wanted);
        segment.ifPresent(found -> {
            position = found.header().next();
            ahead = fetcher.submit(chain::next);
        });
        return segment;
    }

    private static Optional<SegmentReader> await(Future<Optional<SegmentReader>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while reading the archive");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("reading the archive failed", e.getCause());
        }
    }

    @Override
    public void close() {
        fetcher.shutdownNow();
    }
}
