package io.tidemark.log;

import io.tidemark.embedded.BrokersConfig;
import io.tidemark.embedded.EmbeddedBrokers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests one cluster of three brokers, started when the first asks for it and stopped after the last test of all. */
public final class EmbeddedCluster implements ParameterResolver {
    private static final AtomicInteger topics = new AtomicInteger();

    /** A topic name that no other test uses. */
    public static String newTopic(String prefix) {
        return prefix + "-" + topics.incrementAndGet();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedBrokers.class;
    }

    @Override
    public EmbeddedBrokers resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(EmbeddedCluster.class))
                .computeIfAbsent(Running.class, type -> new Running(), Running.class)
                .brokers;
    }

    private static final class Running implements AutoCloseable {
        private final Path directory;
        private final EmbeddedBrokers brokers;

        Running() {
            try {
                directory = Files.createTempDirectory("tidemark-log-test");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            brokers = EmbeddedBrokers.start(BrokersConfig.inDirectory(directory));
        }

        @Override
        public void close() throws IOException {
            brokers.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
