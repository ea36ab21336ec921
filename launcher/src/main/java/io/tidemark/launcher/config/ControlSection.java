package io.tidemark.launcher.config;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** The control plane: the catalog of tables, and the address that clients begin at. */
public record ControlSection(
        @Setting(meaning = "Address to listen on", byDefault = "127.0.0.1")
        String host,

        @Setting(meaning = "Port to listen on; 0 takes a free one", byDefault = "8100")
        int port,

        @Setting(meaning = "Storage nodes of each zone, zones in their order: zone: [address, …]")
        Map<String, List<URI>> nodes) {
    public ControlSection {
        Checks.requirePort("port", port);
        Checks.require(!nodes.isEmpty(), "nodes", "must name the nodes of at least one zone");
        nodes.forEach((zone, addresses) ->
                Checks.require(!addresses.isEmpty(), "nodes." + zone, "must name at least one node"));
    }
}
