package io.tidemark.simulation.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The configuration files of a cluster's processes, as an operator would write them.
 *
 * @param nodes by zone, in the order of the zones
 */
record ConfigFiles(
        Path directory, String bootstrapServers, int shards, S3 s3, Map<String, URI> nodes, int controlPort) {

    record S3(URI endpoint, String bucket, String accessKey, String secretKey) {}

    Path write(Role role) {
        String zone = role.name().substring(role.name().indexOf('-') + 1);
        String text = common() + (role.command().equals("node") ? node(zone) : "");
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(role.name() + ".yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String common() {
        return String.join(
                "\n",
                "kafka:",
                "  bootstrapServers: [" + String.join(", ", List.of(bootstrapServers.split(","))) + "]",
                "  shards: " + shards,
                "s3:",
                "  endpoint: " + s3.endpoint(),
                "  bucket: " + s3.bucket(),
                "  accessKey: " + s3.accessKey(),
                "  secretKey: " + s3.secretKey(),
                "archiver:",
                "  segmentKibibytes: 64",
                "  segmentAge: 2s",
                "verifier:",
                "  data: " + directory.resolve("data/verifier"),
                "  interval: 2s",
                "  nodes: " + nodesByZone(),
                "control:",
                "  port: " + controlPort,
                "  nodes: " + nodesByZone(),
                "metrics:",
                "  port: 0",
                "");
    }

    private String node(String zone) {
        return String.join(
                "\n",
                "node:",
                "  zone: " + zone,
                "  data: " + directory.resolve("data/" + zone),
                "  port: " + nodes.get(zone).getPort(),
                "  blockCacheMebibytes: 16",
                "");
    }

    private String nodesByZone() {
        return nodes.entrySet().stream()
                .map(node -> node.getKey() + ": ['" + node.getValue() + "']")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
