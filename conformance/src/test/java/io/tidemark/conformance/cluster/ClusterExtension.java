package io.tidemark.conformance.cluster;

import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.cluster.EmbeddedClusterOptions;
import io.tidemark.launcher.cluster.RouterOptions;
import io.tidemark.launcher.cluster.StartProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Hands the endpoint of the same running cluster to every test that asks for one. Each test uses tables of its own. */
public final class ClusterExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ClusterExtension.class);

    private record Shared(EmbeddedCluster cluster, Path folder) implements AutoCloseable {
        static Shared start() {
            try {
                Path folder = Files.createTempDirectory("tidemark-conformance");
                return new Shared(
                        EmbeddedCluster.start(EmbeddedClusterOptions.in(folder), StartProgress.SILENT), folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Endpoint endpoint() {
            return new Endpoint(
                    cluster.api(), AwsCredentialsIdentity.create(RouterOptions.ACCESS_KEY, RouterOptions.SECRET_KEY));
        }

        @Override
        public void close() throws IOException {
            cluster.close();
            List<Path> deepestFirst;
            try (Stream<Path> paths = Files.walk(folder)) {
                deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Endpoint.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("cluster", key -> Shared.start(), Shared.class)
                .endpoint();
    }
}
