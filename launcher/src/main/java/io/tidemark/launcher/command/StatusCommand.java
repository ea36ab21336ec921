package io.tidemark.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.catalog.http.CatalogJson;
import io.tidemark.client.TidemarkClient.NodeStatus;
import io.tidemark.launcher.cluster.ConnectedCluster;
import io.tidemark.launcher.output.Counted;
import io.tidemark.launcher.output.Output;
import io.tidemark.launcher.output.TextTable;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogStatus;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import io.tidemark.schema.node.NodeReply.ReplicaStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark status}. */
@Command(
        name = "status",
        description =
                "Show how the cluster fares: every replica, the log, the archive, what is verified and what is not yet,"
                        + " tables that are being changed, bindings. The exit code is 1 if something needs a look.",
        footer = {"  tidemark status", "  tidemark status --json"})
final class StatusCommand extends ClusterCommand {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    @Mixin
    VerifierOptions verifier = new VerifierOptions();

    StatusCommand(CommandContext context) {
        super(context);
    }

    @Override
    int run(ConnectedCluster cluster, Output output) {
        CatalogStatus catalog = await(cluster.tables().status());
        List<NodeStatus> nodes = await(cluster.client().statusAsync(DEADLINE));
        Map<Integer, Long> ends = new HashMap<>();
        Optional<JsonNode> log = operations(cluster, "/v1/log");
        log.ifPresent(found -> found.path("shards")
                .forEach(shard -> ends.put(
                        shard.path("shard").asInt(), shard.path("nextLsn").asLong())));
        Optional<JsonNode> archive = operations(cluster, "/v1/archive");
        VerificationStatus verification =
                VerificationStatus.ask(verifier, cluster, context().environment());

        ObjectNode json = Output.newObject().put("endpoint", cluster.endpoint().toString());
        ArrayNode nodeArray = json.putArray("nodes");
        TextTable replicas =
                TextTable.withColumns("ZONE", ">SHARD", "STATE", ">NEXT LSN", ">LAG", ">ITEMS", ">REJECTED", "DETAIL");
        boolean healthy = catalog.fault().isEmpty();
        for (NodeStatus node : nodes) {
            healthy &= addNode(node, ends, nodeArray, replicas);
        }
        log.ifPresent(found -> json.set("log", found.path("shards")));
        archive.ifPresent(found -> json.set("archive", found.path("shards")));
        json.set("verification", verification.json());
        json.set("catalog", CatalogJson.write(catalog));
        boolean archiving = archive.stream()
                .flatMap(found -> found.path("shards").valueStream())
                .allMatch(shard -> shard.path("state").asText().equals("ARCHIVING"));
        boolean good = healthy && archiving && verification.healthy();
        json.put("healthy", good);
        output.print(json, () -> text(cluster, catalog, replicas, archive, ends, verification));
        return good ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Where the log cannot be reached the rest is shown all the same. */
    private static Optional<JsonNode> operations(ConnectedCluster cluster, String path) {
        try {
            return cluster.http().get(path);
        } catch (CatalogException e) {
            return Optional.empty();
        }
    }

    private static boolean addNode(NodeStatus node, Map<Integer, Long> ends, ArrayNode nodes, TextTable replicas) {
        ObjectNode json = nodes.addObject().put("zone", node.zone().name()).put("node", node.node());
        if (node.status().isEmpty()) {
            json.put("error", node.error());
            replicas.row(node.zone(), "", "DOWN", "", "", "", "", node.node() + " does not answer: " + node.error());
            return false;
        }
        boolean healthy = true;
        json.put("version", node.status().get().version());
        ArrayNode array = json.putArray("replicas");
        for (ReplicaStatus replica : node.status().get().replicas()) {
            ObjectNode one = array.addObject()
                    .put("shard", replica.shard().value())
                    .put("state", replica.state().name())
                    .put("nextLsn", replica.nextLsn().offset())
                    .put("items", replica.items())
                    .put("rejected", replica.rejected())
                    .put("detail", replica.detail());
            Optional<Long> lag = Optional.ofNullable(ends.get(replica.shard().value()))
                    .map(end -> Math.max(0, end - replica.nextLsn().offset()));
            lag.ifPresent(records -> one.put("lagRecords", records));
            replica.evidence().ifPresent(folder -> one.put("evidence", folder));
            replicas.row(
                    node.zone(),
                    replica.shard(),
                    replica.state(),
                    replica.nextLsn(),
                    lag.map(Object::toString).orElse("?"),
                    replica.items(),
                    replica.rejected(),
                    replica.detail());
            healthy &= replica.state() == ReplicaState.SERVING;
        }
        return healthy;
    }

    private static String text(
            ConnectedCluster cluster,
            CatalogStatus catalog,
            TextTable replicas,
            Optional<JsonNode> archive,
            Map<Integer, Long> ends,
            VerificationStatus verification) {
        StringBuilder text = new StringBuilder();
        text.append(cluster.endpoint())
                .append(", ")
                .append(Counted.of(catalog.tables(), "table"))
                .append(" of ")
                .append(Counted.of(catalog.partitions(), "partition"))
                .append(", ")
                .append(Counted.of(catalog.bindings().size(), "binding"))
                .append("\n\n")
                .append(replicas.render(""));
        archive.ifPresent(
                found -> text.append('\n').append(archiveTable(found, ends).render("")));
        text.append('\n').append(verification.text());
        catalog.unsettled()
                .forEach(table -> text.append("\ntable ")
                        .append(table.name())
                        .append(" is ")
                        .append(table.status())
                        .append(table.lastError().map(error -> ": " + error).orElse("")));
        if (!catalog.bindings().isEmpty()) {
            text.append('\n').append(TableBindingsCommand.text(catalog.bindings()));
        }
        catalog.fault()
                .ifPresent(fault -> text.append("\nthe catalog cannot be followed: ")
                        .append(fault)
                        .append('\n'));
        return text.toString();
    }

    private static TextTable archiveTable(JsonNode archive, Map<Integer, Long> ends) {
        TextTable table = TextTable.withColumns("ARCHIVE", ">SHARD", ">NEXT LSN", ">BEHIND", "DETAIL");
        archive.path("shards").forEach(shard -> {
            long end = ends.getOrDefault(shard.path("shard").asInt(), 0L);
            table.row(
                    shard.path("state").asText(),
                    shard.path("shard").asInt(),
                    shard.path("nextLsn").asText("?"),
                    shard.has("nextLsn")
                            ? Math.max(0, end - shard.path("nextLsn").asLong())
                            : "?",
                    shard.path("detail").asText(""));
        });
        return table;
    }
}
