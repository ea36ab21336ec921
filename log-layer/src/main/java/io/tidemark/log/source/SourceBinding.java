package io.tidemark.log.source;

import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaErrors;
import io.tidemark.schema.catalog.BindingDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one source topic flowing into its table. Each {@link #step} is one bounded piece of work; what fails, fails the step, and
 * the next one begins again where the shards are, so that a step may be tried again at any time. A process may end at any point,
 * and two processes may run the same binding: each record takes effect once, in the order of its partition.
 *
 * <p>A record that cannot become a command is kept as a {@link DeadLetter} before anything after it counts as done.
 *
 * <p>One thread steps; {@link #progress} and {@link #close} may be called from any.
 */
public final class SourceBinding implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(SourceBinding.class);

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

    private final BindingDescription binding;
    private final SourceTarget target;
    private final DeadLetters deadLetters;
    private final SourceReader reader;
    private final SourceCounters counters = new SourceCounters();
    private @Nullable SourceRun run;
    private int partitionCount;
    private boolean readerClosed;
    private volatile boolean closed;

    /**
     * Connects to nothing yet.
     *
     * @param connection to the cluster of the source topic
     * @throws io.tidemark.log.LogException if the connection's settings are wrong
     */
    public SourceBinding(
            KafkaConnection connection, BindingDescription binding, SourceTarget target, DeadLetters deadLetters) {
        this.binding = binding;
        this.target = target;
        this.deadLetters = deadLetters;
        this.reader = new SourceReader(connection, binding);
    }

    /**
     * Steps until the binding is closed.
     *
     * @throws SourceException when a step fails; it may be run again after a pause
     */
    public void run() {
        while (!closed) {
            step();
        }
    }

    /**
     * Finds out where to begin, or appends the next records, waiting half a second at most for the first. Does nothing once
     * closed.
     *
     * @throws SourceException if that failed; the next step begins anew
     */
    public synchronized void step() {
        if (closed) {
            return;
        }
        SourceRun current = run;
        run = null;
        try {
            run = current == null || isOutdated(current) ? begin() : goOn(current);
        } catch (WakeupException e) {
            // Closed while it waited; nothing was sent that needs an answer.
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private boolean isOutdated(SourceRun current) {
        return current.isRouteOutdated() || reader.partitionCount() != partitionCount;
    }

    private SourceRun begin() {
        SourceRun begun = new SourceRun(binding, target, deadLetters, counters);
        partitionCount = reader.partitionCount();
        reader.begin(begun.chains(), partitionCount);
        counters.starts.incrementAndGet();
        logger.atInfo()
                .addKeyValue("binding", binding.id())
                .addKeyValue("topic", binding.spec().topic())
                .addKeyValue("partitions", partitionCount)
                .log("source begun");
        return begun;
    }

    private SourceRun goOn(SourceRun current) {
        List<SourceRecord> records = reader.poll(POLL_TIMEOUT);
        current.append(records);
        counters.lagRecords.set(reader.lagRecords());
        if (current.isConfirmationDue(records.isEmpty())) {
            current.confirm();
            reader.checkpoint(current.chains());
        }
        return current;
    }

    private SourceException failed(RuntimeException failure) {
        String action = "source topic " + binding.spec().topic() + " of table " + binding.tableId();
        counters.lagRecords.set(Optional.empty());
        return SourceException.of(
                action, failure instanceof KafkaException ? KafkaErrors.toLogException(action, failure) : failure);
    }

    /** What has been done since this object was made. */
    public SourceProgress progress() {
        return counters.progress();
    }

    /** Ends a step under way soon, and waits for it. What it was sending may or may not be in the log. */
    @Override
    public void close() {
        closed = true;
        reader.wakeup();
        synchronized (this) {
            if (!readerClosed) {
                readerClosed = true;
                reader.close();
            }
        }
    }
}
