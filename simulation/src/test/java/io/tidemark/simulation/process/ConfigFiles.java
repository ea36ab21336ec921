package io.tidemark.simulation.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The configuration files of a cluster's processes, as an operator would write them. */
record ConfigFiles(
        Path directory,
        String clusterId,
        List<Zone> zones,
        int shards,
        S3 s3,
        int controlPort,
        List<Integer> routerPorts) {

    /** A zone and the ports of its processes. */
    record Zone(String name, int brokerPort, int controllerPort, int nodePort, int spareNodePort) {}

    record S3(URI endpoint, String bucket, String accessKey, String secretKey) {}

    String bootstrapServers() {
        return addresses(Zone::brokerPort).collect(Collectors.joining(","));
    }

    Path write(Role role) {
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(role.name() + ".yaml"), text(role));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(Role role) {
        return switch (role.command()) {
            case "broker" -> broker(zone(role));
            case "node" -> common() + node(role);
            case "router" -> router(routerPort(role));
            default -> common();
        };
    }

    private Zone zone(Role role) {
        return zones.stream()
                .filter(zone -> role.name().endsWith("-" + zone.name()))
                .findFirst()
                .orElseThrow();
    }

    /** @throws IllegalArgumentException if the role is no router, or one too many */
    int routerPort(Role role) {
        for (int number = 1; number <= routerPorts.size(); number++) {
            if (role.equals(Role.router(number))) {
                return routerPorts.get(number - 1);
            }
        }
        throw new IllegalArgumentException(role + " is not one of " + routerPorts.size() + " routers");
    }

    private String router(int port) {
        return lines(
                "router:",
                "  control: ['http://127.0.0.1:" + controlPort + "']",
                "  port: " + port,
                "  noAuth: true",
                "  requestTimeout: " + ClusterProcesses.REQUEST_TIMEOUT.toSeconds() + "s",
                "metrics:",
                "  port: 0");
    }

    private String broker(Zone zone) {
        String voters = IntStream.range(0, zones.size())
                .mapToObj(i -> "'" + (i + 1) + "': '127.0.0.1:" + zones.get(i).controllerPort() + "'")
                .collect(Collectors.joining(", ", "{", "}"));
        return lines(
                "broker:",
                "  nodeId: " + (zones.indexOf(zone) + 1),
                "  zone: " + zone.name(),
                "  data: " + directory.resolve("data/broker-" + zone.name()),
                "  listen: '127.0.0.1:" + zone.brokerPort() + "'",
                "  controllerListen: '127.0.0.1:" + zone.controllerPort() + "'",
                "  voters: " + voters,
                "  clusterId: '" + clusterId + "'",
                "metrics:",
                "  port: 0");
    }

    private String common() {
        return lines(
                "kafka:",
                "  bootstrapServers: [" + addresses(Zone::brokerPort).collect(Collectors.joining("', '", "'", "'"))
                        + "]",
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
                "  port: 0");
    }

    private String node(Role role) {
        return lines(
                "node:",
                "  zone: " + zone(role).name(),
                "  data: " + directory.resolve("data/" + role.name()),
                "  port: " + nodePort(role),
                "  blockCacheMebibytes: 16");
    }

    int nodePort(Role role) {
        Zone zone = zone(role);
        return role.equals(Role.spareNode(zone.name())) ? zone.spareNodePort() : zone.nodePort();
    }

    private String nodesByZone() {
        return zones.stream()
                .map(zone -> zone.name() + ": ['http://127.0.0.1:" + zone.nodePort() + "']")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private Stream<String> addresses(ToIntFunction<Zone> port) {
        return zones.stream().map(zone -> "127.0.0.1:" + port.applyAsInt(zone));
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }
}
