package io.tidemark.launcher.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** One storage node: the replicas of one zone, or of a part of it. */
public record NodeSection(
        @Setting(meaning = "The node's availability zone") String zone,

        @Setting(meaning = "Folder of the node's replicas; one process only")
        Path data,

        @Setting(meaning = "Address to listen on", byDefault = "127.0.0.1")
        String host,

        @Setting(meaning = "Port to listen on; 0 takes a free one", byDefault = "8200")
        int port,

        @Setting(meaning = "Address that others reach the node by, if it is not http://host:port", byDefault = "")
        Optional<URI> advertised,

        @Setting(meaning = "Block cache of all replicas of the node, MiB", byDefault = "64")
        int blockCacheMebibytes) {
    public NodeSection {
        Checks.requirePort("port", port);
        Checks.requireRange("blockCacheMebibytes", blockCacheMebibytes, 8, 1 << 20);
    }
}
