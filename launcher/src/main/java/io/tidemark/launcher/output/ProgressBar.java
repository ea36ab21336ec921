package io.tidemark.launcher.output;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Shows how far a long piece of work is: drawn anew on one line of a terminal; elsewhere a line now and then. Counting is
 * thread-safe and cheap; at most one thread draws at a time.
 */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 28;
    private static final long INTERACTIVE_INTERVAL_NANOS = 100_000_000L;
    private static final long PLAIN_INTERVAL_NANOS = 5_000_000_000L;
    /** The time left follows the rate of the last one or two of these: work that begins slowly is not slow for long. */
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private record Mark(long nanos, long done) {}

    private final Terminal terminal;
    private final String title;
    private final String unit;
    private final long total;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong nextDrawNanos;
    /** One and two windows old, or of the start; guarded by this. */
    private Mark recent;

    private Mark older;

    /**
     * @param total how much there is to do; 0 if that is not known
     * @param nanoTime monotonic, as {@link System#nanoTime}
     */
    public ProgressBar(Terminal terminal, String title, long total, String unit, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.title = title;
        this.total = total;
        this.unit = unit;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.nextDrawNanos = new AtomicLong(startNanos + interval());
        this.recent = new Mark(startNanos, 0);
        this.older = recent;
    }

    public void add(long amount) {
        done.addAndGet(amount);
        drawIfDue();
    }

    /** @param amount all that is done so far */
    public void set(long amount) {
        done.set(amount);
        drawIfDue();
    }

    public long done() {
        return done.get();
    }

    public Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
    }

    /** Units a second since the start. */
    public double rate() {
        return done.get() / Math.max(1e-9, elapsed().toNanos() / 1e9);
    }

    private long interval() {
        return terminal.interactive() ? INTERACTIVE_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS;
    }

    private void drawIfDue() {
        long now = nanoTime.getAsLong();
        long due = nextDrawNanos.get();
        if (now - due >= 0 && nextDrawNanos.compareAndSet(due, now + interval())) {
            draw();
        }
    }

    private synchronized void draw() {
        long now = nanoTime.getAsLong();
        if (now - recent.nanos() >= WINDOW_NANOS) {
            older = recent;
            recent = new Mark(now, done.get());
        }
        String line = line();
        if (terminal.interactive()) {
            terminal.err().print("\r\u001b[K" + line);
            terminal.err().flush();
        } else {
            terminal.err().println(line);
        }
    }

    synchronized String line() {
        long now = done.get();
        String figures = total > 0
                ? String.format(Locale.ROOT, "%,d of %,d %s", now, total, unit)
                : String.format(Locale.ROOT, "%,d %s", now, unit);
        String rate = String.format(Locale.ROOT, "%,.0f/s", recentRate());
        if (total <= 0) {
            return "  " + title + "  " + figures + "  " + rate;
        }
        double share = Math.min(1.0, (double) now / total);
        int filled = (int) Math.round(share * WIDTH);
        String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
        return "  " + title + "  " + bar + String.format(Locale.ROOT, " %3.0f%%  ", share * 100) + figures + "  " + rate
                + remaining(now);
    }

    private double recentRate() {
        return (done.get() - older.done()) / Math.max(1e-9, (nanoTime.getAsLong() - older.nanos()) / 1e9);
    }

    private String remaining(long now) {
        double rate = recentRate();
        if (rate <= 0 || now >= total) {
            return "";
        }
        long seconds = Math.round((total - now) / rate);
        return String.format(Locale.ROOT, "  %d:%02d left", seconds / 60, seconds % 60);
    }

    /** Takes the line away, so that what follows begins at its start. */
    @Override
    public void close() {
        if (terminal.interactive()) {
            terminal.err().print("\r\u001b[K");
            terminal.err().flush();
        }
    }
}
