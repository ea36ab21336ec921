package io.tidemark.launcher.bench;

import io.tidemark.embedded.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DynamoDB Local in a process of its own, on disk. It does not outlive this process, however that ends by itself. */
final class DynamoDbLocal implements AutoCloseable {
    /** What it signs with is all the same to it. */
    static final String CREDENTIAL = "local";

    private static final String MAIN_CLASS = "software.amazon.dynamodb.services.local.main.ServerRunner";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Process process;
    private final Thread killer;
    private final URI endpoint;

    private DynamoDbLocal(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.killer = new Thread(process::destroyForcibly, "killer of DynamoDB Local");
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /**
     * Listens when this returns.
     *
     * @param jars folder of its class path
     * @param data empty folder for its database and what it prints
     * @throws BenchException if it does not start
     */
    static DynamoDbLocal start(Path jars, Path data) throws InterruptedException {
        int port = FreePorts.find();
        Path output = data.resolve("output.txt");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx1g",
                "-Dsqlite4java.library.path=" + jars,
                "-cp",
                classPath(jars),
                MAIN_CLASS,
                "-port",
                Integer.toString(port),
                "-sharedDb",
                "-disableTelemetry",
                "-dbPath",
                data.toString());
        try {
            Process process = new ProcessBuilder(command)
                    .directory(data.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            DynamoDbLocal local = new DynamoDbLocal(process, URI.create("http://127.0.0.1:" + port));
            local.awaitListening(output);
            return local;
        } catch (IOException e) {
            throw new BenchException("DynamoDB Local cannot be started: " + e, e);
        }
    }

    /** @throws BenchException if it cannot be there */
    static void requireJars(Path jars) {
        var unused = classPath(jars);
    }

    private static String classPath(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (jars.stream().anyMatch(jar -> jar.getFileName().toString().startsWith("DynamoDBLocal"))) {
                return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            }
        } catch (IOException e) {
            throw new BenchException("DynamoDB Local's jars cannot be read: " + e, e);
        }
        throw new BenchException("there is no DynamoDBLocal….jar in " + folder, null);
    }

    private void awaitListening(Path output) throws InterruptedException, IOException {
        long attempts = START_LIMIT.dividedBy(POLL);
        for (long attempt = 0; attempt < attempts && process.isAlive(); attempt++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()), (int)
                        START_LIMIT.toMillis());
                return;
            } catch (IOException notYet) {
                Thread.sleep(POLL);
            }
        }
        String printed = Files.readString(output);
        close();
        throw new BenchException("DynamoDB Local does not start: " + printed.strip(), null);
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BenchException("DynamoDB Local does not end: process " + process.pid(), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(killer);
    }
}
