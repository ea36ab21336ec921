package io.tidemark.launcher.command;

import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.cluster.EmbeddedClusterOptions;
import io.tidemark.launcher.item.InvalidInputException;
import io.tidemark.launcher.output.Output;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.Option;

/** A command that talks to a running cluster. */
abstract class ClusterCommand extends BaseCommand {
    static final String ENDPOINT_VARIABLE = "TIDEMARK_ENDPOINT";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            split = ",",
            description = "Where the control plane listens; several, if it runs more than once. Else TIDEMARK_ENDPOINT"
                    + " of the environment, else http://127.0.0.1:8100.")
    List<String> endpoints = new ArrayList<>();

    ClusterCommand(CommandContext context) {
        super(context);
    }

    /** @return the exit code */
    abstract int run(ConnectedCluster cluster, Output output) throws Exception;

    @Override
    public Integer call() throws Exception {
        try (ConnectedCluster cluster = ConnectedCluster.connect(uris())) {
            return run(cluster, output());
        }
    }

    private List<URI> uris() {
        List<String> texts = endpoints;
        if (texts.isEmpty()) {
            String variable = context().environment().getOrDefault(ENDPOINT_VARIABLE, "");
            texts = variable.isBlank()
                    ? List.of("http://127.0.0.1:" + EmbeddedClusterOptions.DEFAULT_PORT)
                    : List.of(variable.split(","));
        }
        return texts.stream().map(ClusterCommand::uri).toList();
    }

    /** @throws InvalidInputException unless it is a scheme, a host and a port */
    static URI uri(String text) {
        try {
            URI uri = URI.create(text.strip());
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below, as any other address that cannot be one.
        }
        throw new InvalidInputException("an endpoint looks like http://127.0.0.1:8100, not '" + text + "'");
    }

    /** Waits, and throws what it failed with. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
