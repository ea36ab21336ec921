package io.tidemark.launcher.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The verifier: continuous verification of all replicas against the archive. */
public record VerifierSection(
        @Setting(meaning = "Folder of the reference replicas; one process only")
        Path data,

        @Setting(meaning = "Storage nodes of each zone, as in control.nodes")
        Map<String, List<URI>> nodes,

        @Setting(meaning = "Pause between verifications of what has changed", byDefault = "5m")
        Duration interval,

        @Setting(meaning = "How often everything at rest is read again", byDefault = "24h")
        Duration scrubInterval,

        @Setting(
                meaning = "Rebuild a replica that differs, while all others agree with the archive",
                byDefault = "false")
        boolean heal) {
    public VerifierSection {
        Checks.requirePositive("interval", interval);
        Checks.requirePositive("scrubInterval", scrubInterval);
    }
}
