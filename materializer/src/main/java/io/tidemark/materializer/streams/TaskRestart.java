package io.tidemark.materializer.streams;

import java.util.Set;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Makes Kafka Streams close one task without committing it, open it again and restore it, while the thread's other tasks go
 * on. The only class that knows the internal exception which does that.
 */
final class TaskRestart {
    private TaskRestart() {}

    /** To be thrown from a processor or a punctuation. */
    static RuntimeException of(TaskId taskId) {
        return new TaskCorruptedException(Set.of(taskId));
    }
}
