package io.tidemark.launcher.config;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How `--connect FILE` reaches a cluster, for clients to whom the cluster's own addresses mean nothing. */
public record ClientSection(
        @Setting(meaning = "Control processes; where one cannot be reached the next is asked")
        List<URI> control,

        @Setting(
                meaning =
                        "Storage nodes of each zone as this client reaches them; those that the control plane names if"
                                + " left out",
                byDefault = "")
        Map<String, List<URI>> nodes,

        @Setting(
                meaning = "The verifier as this client reaches it; the control plane is asked if left out",
                byDefault = "")
        Optional<URI> verifier) {
    public ClientSection {
        control = List.copyOf(control);
        Checks.require(!control.isEmpty(), "control", "must name at least one address");
    }
}
