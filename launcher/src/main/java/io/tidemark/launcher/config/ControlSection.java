package io.tidemark.launcher.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The control plane: the catalog of tables, and the address that clients begin at. */
public record ControlSection(
        @Setting(meaning = "Address to listen on", byDefault = "127.0.0.1")
        String host,

        @Setting(meaning = "Port to listen on; 0 takes a free one", byDefault = "8100")
        int port,

        @Setting(meaning = "Storage nodes of each zone, zones in their order: zone: [address, …]")
        Map<String, List<URI>> nodes,

        @Setting(
                meaning =
                        "Pause between two searches for items whose time to live is over, a random quarter more or less",
                byDefault = "20s")
        Duration timeToLiveInterval,

        @Setting(meaning = "Items a second that such a search looks at", byDefault = "20000")
        int timeToLiveScannedPerSecond,

        @Setting(meaning = "Items a second that such a search deletes", byDefault = "1000")
        int timeToLiveDeletedPerSecond) {
    private static final int MAX_TIME_TO_LIVE_PER_SECOND = 10_000_000;

    public ControlSection {
        Checks.requirePort("port", port);
        Checks.requirePositive("timeToLiveInterval", timeToLiveInterval);
        Checks.requireRange("timeToLiveScannedPerSecond", timeToLiveScannedPerSecond, 1, MAX_TIME_TO_LIVE_PER_SECOND);
        Checks.requireRange("timeToLiveDeletedPerSecond", timeToLiveDeletedPerSecond, 1, MAX_TIME_TO_LIVE_PER_SECOND);
        Checks.require(!nodes.isEmpty(), "nodes", "must name the nodes of at least one zone");
        nodes.forEach((zone, addresses) ->
                Checks.require(!addresses.isEmpty(), "nodes." + zone, "must name at least one node"));
    }
}
