package io.tidemark.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.launcher.cluster.Cluster;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.cluster.ControlHttp;
import io.tidemark.launcher.cluster.EmbeddedCluster;
import io.tidemark.launcher.config.ClientSection;
import io.tidemark.launcher.output.ProgressBar;
import io.tidemark.schema.Zone;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster that runs elsewhere and has a verifier of its own. */
final class ConnectedTarget implements DemoTarget {
    private final ConnectedCluster cluster;
    private final ControlHttp verifier;

    ConnectedTarget(ClientSection client) {
        Map<Zone, List<URI>> nodes = client.nodes().entrySet().stream()
                .collect(Collectors.toMap(entry -> new Zone(entry.getKey()), Map.Entry::getValue));
        this.cluster = ConnectedCluster.connect(client.control(), nodes);
        this.verifier = new ControlHttp(client.verifier().map(List::of).orElse(client.control()));
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public JsonNode verify(boolean heal, ProgressBar progress) {
        Map<Integer, Long> checked = new HashMap<>();
        try (Stream<JsonNode> lines = verifier.post("/v1/verify?mode=deep&heal=" + heal)
                .orElseThrow(() -> new IllegalStateException(
                        "no verifier answers there: set client.verifier to its metrics address"))) {
            JsonNode last = lines.peek(line -> {
                        if (line.path("event").asText().equals("archive")) {
                            checked.put(
                                    line.path("shard").asInt(),
                                    line.path("checked").asLong());
                            progress.set(checked.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum());
                        }
                    })
                    .reduce((before, line) -> line)
                    .orElseThrow(() -> new IllegalStateException("the verifier answered nothing"));
            if (!last.has("report")) {
                throw new IllegalStateException(
                        "the verification gave no report: " + last.path("error").asText("the connection broke"));
            }
            return last.path("report");
        }
    }

    @Override
    public Optional<EmbeddedCluster> embedded() {
        return Optional.empty();
    }

    @Override
    public void close() {
        verifier.close();
        cluster.close();
    }
}
