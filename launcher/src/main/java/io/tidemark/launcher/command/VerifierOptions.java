package io.tidemark.launcher.command;

import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.cluster.ControlHttp;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the verifier is. */
final class VerifierOptions {
    static final String VARIABLE = "TIDEMARK_VERIFIER";

    @Option(
            names = "--verifier",
            paramLabel = "URL",
            description = "Where the verifier listens, if it is a process of its own: its metrics address. Else"
                    + " TIDEMARK_VERIFIER of the environment, else the control plane is asked.")
    Optional<String> verifier = Optional.empty();

    /** Empty if it is to be looked for at the control plane's address. */
    Optional<URI> named(Map<String, String> environment) {
        return verifier.or(() -> Optional.ofNullable(environment.get(VARIABLE)))
                .filter(text -> !text.isBlank())
                .map(ClusterCommand::uri);
    }

    /** The caller closes it. */
    ControlHttp connect(ConnectedCluster cluster, Map<String, String> environment) {
        return new ControlHttp(named(environment).map(List::of).orElseGet(cluster::endpoints));
    }

    /** What to tell where nobody answers who knows of verifications. */
    String absent(ConnectedCluster cluster, Map<String, String> environment) {
        return "no verifier answers at " + named(environment).orElseGet(cluster::endpoint)
                + ": name the verifier's metrics address with --verifier";
    }
}
