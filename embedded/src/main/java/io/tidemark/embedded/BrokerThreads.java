package io.tidemark.embedded;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one broker. Kafka ends the whole process when a broker cannot go on, from whatever thread notices; since
 * every thread of a broker descends from this group, such a call is known to be this broker's, and is reported instead of
 * obeyed. Calls from threads outside of any group keep their effect.
 */
final class BrokerThreads extends ThreadGroup {

    static {
        Exit.setHaltProcedure((status, message) -> {
            rejectInsideBroker("halt", status, message);
            Runtime.getRuntime().halt(status);
        });
        Exit.setExitProcedure((status, message) -> {
            rejectInsideBroker("exit", status, message);
            Runtime.getRuntime().exit(status);
        });
    }

    private final Consumer<String> onExit;

    /** Calls {@code onExit} with a reason, from the thread that asked, whenever the broker asks to end the process. */
    BrokerThreads(String name, Consumer<String> onExit) {
        super(name);
        this.onExit = onExit;
    }

    private static void rejectInsideBroker(String verb, int status, @Nullable String message) {
        for (ThreadGroup group = Thread.currentThread().getThreadGroup(); group != null; group = group.getParent()) {
            if (group instanceof BrokerThreads broker) {
                String reason = "asked to " + verb + " the process with status " + status
                        + (message == null ? "" : ": " + message);
                broker.onExit.accept(reason);
                // The caller counts on never coming back.
                throw new BrokerEndedException(reason);
            }
        }
    }

    /** Runs the task on a new thread of this group, so that threads that it creates belong to the broker. */
    <T> CompletableFuture<T> run(String threadName, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                this,
                () -> {
                    try {
                        result.complete(task.call());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                threadName);
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Ends the thread of a broker that asked to end the process. */
    static final class BrokerEndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BrokerEndedException(String message) {
            super(message);
        }
    }
}
