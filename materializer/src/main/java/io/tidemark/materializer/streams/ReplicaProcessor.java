package io.tidemark.materializer.streams;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Applies the records of a running task. It runs from when the replica is restored until its task is suspended. */
final class ReplicaProcessor extends ContextualProcessor<byte[], byte[], Void, Void> {
    /** How long a replica without traffic takes to notice that it is quarantined. */
    private static final Duration TICK_INTERVAL = Duration.ofMillis(250);

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    private ReplicaStateStore store;

    @SuppressWarnings("NullAway.Init")
    private TaskId taskId;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        taskId = context.taskId();
        store = context.getStateStore(ReplicaStateStore.NAME);
        store.serve();
        context.schedule(TICK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of the log comes with its offset"));
        store.apply(WalRecords.of(record, metadata));
    }

    private void tick() {
        if (store.tick()) {
            throw TaskRestart.of(taskId);
        }
    }

    @Override
    public void close() {
        store.stopServing();
    }
}
