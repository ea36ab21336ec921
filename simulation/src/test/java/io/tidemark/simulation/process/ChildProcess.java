package io.tidemark.simulation.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One start of the {@code tidemark} command in a process of its own. What it prints goes to two files. It does not outlive this
 * JVM, however that ends by itself.
 */
public final class ChildProcess implements AutoCloseable {
    /** What every command that serves prints once it does. */
    private static final Pattern READY = Pattern.compile("^ready: *(\\S*).*$", Pattern.MULTILINE);

    private static final String MAIN_CLASS = "io.tidemark.launcher.Tidemark";
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(30);
    private static final int MAX_REPORTED_CHARACTERS = 6_000;

    private final String name;
    private final Process process;
    private final Path output;
    private final Path errors;
    private final Thread killer;
    private final long startNanos = System.nanoTime();

    private ChildProcess(String name, Process process, Path output, Path errors) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.errors = errors;
        this.killer = new Thread(process::destroyForcibly, "killer of " + name);
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /** @param directory gets the files {@code name.out} and {@code name.err}, which must not be there yet */
    public static ChildProcess start(String name, Path directory, List<String> arguments) {
        return start(name, directory, List.of("-Xmx192m"), Map.of(), arguments);
    }

    /** @param jvmOptions beside those that make a start cheap */
    public static ChildProcess start(
            String name,
            Path directory,
            List<String> jvmOptions,
            Map<String, String> environment,
            List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
        command.addAll(arguments);
        Path output = directory.resolve(name + ".out");
        Path errors = directory.resolve(name + ".err");
        try {
            Files.createDirectories(directory);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            return new ChildProcess(name, builder.start(), output, errors);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits for the line that begins with {@code ready:}.
     *
     * @return the first word after it
     * @throws IllegalStateException with what was printed, if the process ends or the limit passes before
     */
    public String awaitReady(Duration limit) {
        return await(limit, READY).group(1);
    }

    /** Waits until the pattern is found in the standard output. */
    private Matcher await(Duration limit, Pattern pattern) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean alive = process.isAlive();
            Matcher matcher = pattern.matcher(read(output));
            if (matcher.find()) {
                return matcher;
            }
            if (!alive || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(name
                        + (alive ? " is not ready after " + limit : " ended with " + process.exitValue())
                        + describeOutput());
            }
            sleep();
        }
    }

    /** Since the process was started. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd(DEATH_LIMIT);
    }

    /** Stops its clock, as a pause of its machine does: it does nothing until {@link #thaw}, and its connections stay. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int exitCode = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException(
                        "cannot send " + signal + " to " + this + ": kill ended with " + exitCode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + signal + " to " + this, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks it to end, as {@code kill} and Ctrl-C do, and waits. */
    public int stop(Duration limit) {
        process.destroy();
        return awaitEnd(limit);
    }

    /**
     * @return the exit code
     * @throws IllegalStateException with what was printed, if it does not end in time
     */
    public int awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " does not end within " + limit + describeOutput());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + name, e);
        }
        return process.exitValue();
    }

    public String output() {
        return read(output);
    }

    public String errors() {
        return read(errors);
    }

    /** Greatest resident memory so far, where the system tells it. */
    public Optional<Long> peakResidentKibibytes() {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return Optional.empty();
        }
        Matcher matcher = Pattern.compile("VmHWM:\\s*(\\d+) kB").matcher(read(status));
        return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    private String describeOutput() {
        return "\n--- its output:\n" + tail(output()) + "\n--- its errors:\n" + tail(errors());
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - MAX_REPORTED_CHARACTERS));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd(DEATH_LIMIT);
        Runtime.getRuntime().removeShutdownHook(killer);
    }

    @Override
    public String toString() {
        return name + " (pid " + process.pid() + ")";
    }
}
