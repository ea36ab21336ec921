package io.tidemark.launcher.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The DynamoDB-compatible API. A router keeps nothing: any number of them may run. */
public record RouterSection(
        @Setting(meaning = "Control processes; where one cannot be reached the next is asked")
        List<URI> control,

        @Setting(
                meaning =
                        "Storage nodes of each zone as this router reaches them; those that the control plane names if"
                                + " left out",
                byDefault = "")
        Map<String, List<URI>> nodes,

        @Setting(
                meaning =
                        "Zone asked first: the one that this router is in; the zones take turns, by shard, if left out",
                byDefault = "")
        Optional<String> zone,

        @Setting(meaning = "Address to listen on", byDefault = "127.0.0.1")
        String host,

        @Setting(meaning = "Port to listen on; 0 takes a free one", byDefault = "8000")
        int port,

        @Setting(meaning = "Region in the names (ARNs) of tables", byDefault = "us-east-1")
        String region,

        @Setting(
                meaning = "Key pairs that may use the API, by access key: accessKey: {secretKey: …, read: [\"*\"]}",
                byDefault = "")
        Map<String, KeyPairSetting> keys,

        @Setting(
                meaning = "Serve everybody, without looking at signatures: for local use; excludes keys",
                byDefault = "false")
        boolean noAuth,

        @Setting(meaning = "Certificate chain, PEM; serves HTTPS in place of HTTP", byDefault = "")
        Optional<Path> certificate,

        @Setting(meaning = "Private key of the certificate, PEM", byDefault = "")
        Optional<Path> privateKey,

        @Setting(
                meaning = "Requests being read or served; more are refused with an error that SDKs repeat",
                byDefault = "4096")
        int maxInFlightRequests,

        @Setting(
                meaning = "Bodies of requests and answers in memory, MiB; over it requests are refused likewise",
                byDefault = "64")
        int maxInFlightMebibytes,

        @Setting(meaning = "Connections; over it the one that has been idle longest is closed", byDefault = "10000")
        int maxConnections,

        @Setting(meaning = "Time for a whole request to arrive; then its connection is closed", byDefault = "10s")
        Duration receiveTimeout,

        @Setting(
                meaning =
                        "Time for a request to be answered, with all attempts in all zones; then it gets an error that"
                                + " SDKs repeat",
                byDefault = "15s")
        Duration requestTimeout,

        @Setting(meaning = "After it a connection without requests is closed", byDefault = "5m")
        Duration idleTimeout,

        @Setting(meaning = "How long a start waits for the control plane", byDefault = "60s")
        Duration startTimeout) {
    public RouterSection {
        control = List.copyOf(control);
        Checks.require(!control.isEmpty(), "control", "must name at least one address");
        Checks.requirePort("port", port);
        Checks.require(region.matches("[a-z0-9-]{1,64}"), "region", "must look like us-east-1, is '" + region + "'");
        Checks.require(
                keys.isEmpty() || !noAuth, "noAuth", "must not be true where keys are given: take one of them away");
        keys.keySet().forEach(RouterSection::requireAccessKey);
        Checks.require(
                certificate.isPresent() == privateKey.isPresent(),
                "privateKey",
                "must be given together with certificate");
        Checks.requireRange("maxInFlightRequests", maxInFlightRequests, 1, 65_536);
        Checks.requireRange("maxInFlightMebibytes", maxInFlightMebibytes, 16, 65_536);
        Checks.requireRange("maxConnections", maxConnections, 1, 1 << 20);
        Checks.requirePositive("receiveTimeout", receiveTimeout);
        Checks.requirePositive("requestTimeout", requestTimeout);
        Checks.requirePositive("idleTimeout", idleTimeout);
        Checks.requirePositive("startTimeout", startTimeout);
    }

    private static void requireAccessKey(String accessKey) {
        Checks.require(
                accessKey.matches("\\w{1,128}"),
                "keys." + accessKey,
                "must have a name of 1 to 128 letters, digits and _: the access key");
    }
}
