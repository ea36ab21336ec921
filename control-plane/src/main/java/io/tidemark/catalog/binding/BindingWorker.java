package io.tidemark.catalog.binding;

import io.tidemark.catalog.Backoff;
import io.tidemark.log.LogException;
import io.tidemark.log.source.SourceBinding;
import io.tidemark.log.source.SourceException;
import io.tidemark.log.source.SourceProgress;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.BindingStatus.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one binding: steps it, and after a failure steps it again after a pause, for as long as the binding is there. */
final class BindingWorker implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(BindingWorker.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    /** A step under way ends within what the log takes for an append. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private record Health(State state, Optional<String> lastError) {}

    private final BindingDescription binding;
    private final Supplier<SourceBinding> opener;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable SourceBinding source;
    private volatile Health health = new Health(State.WAITING, Optional.empty());

    /** @param opener makes the source; what it throws counts as a failed step */
    BindingWorker(BindingDescription binding, Supplier<SourceBinding> opener) {
        this.binding = binding;
        this.opener = opener;
        this.thread = Thread.ofPlatform()
                .name("tidemark-binding-" + binding.id())
                .daemon()
                .unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    BindingStatus status() {
        Health now = health;
        SourceBinding opened = source;
        Optional<SourceProgress> progress = Optional.ofNullable(opened).map(SourceBinding::progress);
        return new BindingStatus(
                binding,
                now.state(),
                progress.flatMap(SourceProgress::lagRecords),
                progress.map(SourceProgress::appendedRecords).orElse(0L),
                progress.map(SourceProgress::deadLetters).orElse(0L),
                (int) Math.min(progress.map(SourceProgress::restarts).orElse(0L), Integer.MAX_VALUE),
                now.lastError());
    }

    private void run() {
        int failures = 0;
        while (!isClosing()) {
            try {
                step();
                failures = 0;
            } catch (SourceException failure) {
                failures++;
                failed(failure, failure.kind() == SourceException.Kind.FIX, failures);
            } catch (LogException failure) {
                failures++;
                failed(failure, true, failures);
            }
        }
        SourceBinding opened = source;
        if (opened != null) {
            opened.close();
        }
    }

    private void step() {
        SourceBinding opened = source;
        if (opened == null) {
            opened = opener.get();
            source = opened;
        }
        if (isClosing()) {
            return;
        }
        opened.step();
        if (health.state() != State.RUNNING) {
            health = new Health(State.RUNNING, health.lastError());
        }
    }

    private void failed(RuntimeException failure, boolean mustBeFixed, int failures) {
        if (isClosing()) {
            return;
        }
        health = new Health(
                mustBeFixed ? State.FAILED : State.BACKING_OFF, Optional.of(String.valueOf(failure.getMessage())));
        Duration pause = BACKOFF.after(failures);
        LOGGER.atWarn()
                .addKeyValue("binding", binding.id())
                .addKeyValue("topic", binding.spec().topic())
                .addKeyValue("failures", failures)
                .addKeyValue("pause", pause)
                .log("A source binding failed; trying again: {}", failure.getMessage());
        try {
            boolean ignored = closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Ends a step under way soon, and waits for it. */
    @Override
    public void close() {
        closing.countDown();
        SourceBinding opened = source;
        if (opened != null) {
            opened.close();
        }
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                LOGGER.atWarn().addKeyValue("binding", binding.id()).log("A source binding has not ended in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
