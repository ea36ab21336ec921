package io.tidemark.launcher.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A whole configuration file. Each role asks for the sections that it needs with {@link #require}; sections of other roles may
 * stand in the same file.
 */
public record TidemarkConfig(
        Path file,
        Optional<KafkaSection> kafka,
        Optional<S3Section> s3,
        Optional<BrokerSection> broker,
        Optional<NodeSection> node,
        Optional<ControlSection> control,
        Optional<RouterSection> router,
        Optional<ArchiverSection> archiver,
        Optional<VerifierSection> verifier,
        Optional<ClientSection> client,
        Optional<MetricsSection> metrics) {

    /**
     * The section, which the role cannot do without.
     *
     * @throws ConfigException if the file has none
     */
    public <T> T require(String role, String name, Optional<T> section) {
        return section.orElseThrow(() -> new ConfigException(file + ": the role '" + role + "' needs a section '" + name
                + ":'. `tidemark config` lists its settings."));
    }
}
