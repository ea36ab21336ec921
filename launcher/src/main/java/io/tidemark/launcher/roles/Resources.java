package io.tidemark.launcher.roles;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, in that order; closed in the opposite one. A failure to close one does not keep the others open. */
public final class Resources implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Resources.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    public synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        for (Optional<AutoCloseable> resource = pop(); resource.isPresent(); resource = pop()) {
            close(resource.get());
        }
    }

    private static void close(AutoCloseable resource) {
        String name = resource.getClass().getSimpleName();
        long startNanos = System.nanoTime();
        try {
            resource.close();
            LOGGER.atDebug()
                    .addKeyValue("resource", name)
                    .addKeyValue(
                            "ms",
                            Duration.ofNanos(System.nanoTime() - startNanos).toMillis())
                    .log("Closed");
        } catch (Exception e) {
            LOGGER.atWarn().addKeyValue("resource", name).setCause(e).log("Did not close cleanly");
        }
    }

    private synchronized Optional<AutoCloseable> pop() {
        return Optional.ofNullable(open.poll());
    }
}
