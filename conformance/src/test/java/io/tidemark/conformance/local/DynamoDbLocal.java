package io.tidemark.conformance.local;

import io.tidemark.embedded.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * DynamoDB Local in a process with a class path of its own, on a free port. It does not outlive this JVM, and leaves no files.
 * Its class path is what the module {@code dynamodb-local} has copied.
 */
public final class DynamoDbLocal implements AutoCloseable {
    private static final String LIB_PROPERTY = "tidemark.dynamodb-local.lib";
    private static final String MAIN_CLASS = "software.amazon.dynamodb.services.local.main.ServerRunner";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(30);
    private static final int MAX_REPORTED_CHARACTERS = 4_000;

    private final Process process;
    private final Path folder;
    private final URI endpoint;
    private final Thread killer;

    private DynamoDbLocal(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.endpoint = URI.create("http://127.0.0.1:" + port + "/");
        this.killer = new Thread(this::end, "end of DynamoDB Local");
        Runtime.getRuntime().addShutdownHook(killer);
    }

    public static DynamoDbLocal inMemory() {
        return start(List.of("-inMemory"));
    }

    /** Its database is a file in a temporary folder. */
    public static DynamoDbLocal onDisk() {
        return start(List.of("-dbPath", "."));
    }

    private static DynamoDbLocal start(List<String> storage) {
        Path lib = lib();
        try {
            Path folder = Files.createTempDirectory("dynamodb-local");
            int port = FreePorts.find();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dsqlite4java.library.path=" + lib,
                    "-Djava.io.tmpdir=" + folder,
                    "-Duser.home=" + folder,
                    "-cp",
                    lib + "/*",
                    MAIN_CLASS,
                    "-port",
                    Integer.toString(port),
                    "-sharedDb",
                    "-disableTelemetry"));
            command.addAll(storage);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            DynamoDbLocal local = new DynamoDbLocal(process, folder, port);
            local.awaitListening(port);
            return local;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path lib() {
        String lib = System.getProperty(LIB_PROPERTY);
        if (lib == null || !Files.isDirectory(Path.of(lib))) {
            throw new IllegalStateException("the class path of DynamoDB Local is not at " + lib + " (system property "
                    + LIB_PROPERTY + "): build it with mvn generate-resources -pl dynamodb-local");
        }
        return Path.of(lib);
    }

    private void awaitListening(int port) {
        try {
            Awaitility.await("DynamoDB Local listens")
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !process.isAlive() || listens(port));
            if (!process.isAlive()) {
                throw new IllegalStateException("DynamoDB Local ended with " + process.exitValue());
            }
        } catch (RuntimeException e) {
            e.addSuppressed(new IllegalStateException("it printed: " + output()));
            close();
            throw e;
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String output() {
        try {
            String output = Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
            return output.substring(Math.max(0, output.length() - MAX_REPORTED_CHARACTERS));
        } catch (IOException e) {
            return e.toString();
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    /** Where it keeps its files; deleted when it is closed. */
    public Path folder() {
        return folder;
    }

    private void end() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
            List<Path> deepestFirst;
            try (Stream<Path> paths = Files.walk(folder)) {
                deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(killer);
        end();
    }
}
