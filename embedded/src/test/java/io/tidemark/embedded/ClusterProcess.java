package io.tidemark.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A cluster in a process of its own, which can be killed. */
record ClusterProcess(Process process, String bootstrapServers) implements AutoCloseable {

    private static final String READY = "bootstrap servers: ";

    static ClusterProcess start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterProcess.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return new ClusterProcess(process, line.substring(READY.length()));
            }
            seen.append(line).append(System.lineSeparator());
        }
        process.destroyForcibly();
        throw new IllegalStateException("The cluster did not start: " + seen);
    }

    /** Ends the process as {@code kill -9} does. */
    void kill() throws InterruptedException {
        if (!process.destroyForcibly().waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The process " + process.pid() + " does not die");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedBrokers brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(Path.of(arguments[0])))) {
            System.out.println(READY + brokers.bootstrapServers());
            // Ends with the parent, should that die first: its end of the pipe is closed then.
            int unused = System.in.read();
        }
    }
}
