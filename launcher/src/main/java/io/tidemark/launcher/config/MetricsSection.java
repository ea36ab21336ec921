package io.tidemark.launcher.config;

/** Where a process answers /metrics (Prometheus) and /health, if it has no HTTP port of its own. */
public record MetricsSection(
        @Setting(meaning = "Address to listen on", byDefault = "127.0.0.1")
        String host,

        @Setting(meaning = "Port to listen on; 0 takes a free one", byDefault = "9464")
        int port) {
    public MetricsSection {
        Checks.requirePort("port", port);
    }
}
