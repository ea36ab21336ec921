package io.tidemark.embedded;

import io.tidemark.embedded.StartException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.random.RandomGenerator;

/**
 * What must stay the same over the life of a cluster's data directory: its id, and the zones in the order of their node
 * ids. With more zones than before, a majority of the controllers could be new and empty, and would start the cluster's
 * metadata over.
 */
record ClusterLayout(ClusterId clusterId, List<String> zones) {

    private static final String FILE_NAME = "cluster.properties";
    private static final String CLUSTER_ID = "cluster.id";
    private static final String ZONES = "zones";
    private static final int FIRST_NODE_ID = 1;

    ClusterLayout {
        zones = List.copyOf(zones);
    }

    /**
     * Reads the layout of the directory, or chooses and writes it when the directory has none.
     *
     * @throws StartException if the directory has other zones, or cannot be read or written
     */
    static ClusterLayout readOrCreate(BrokersConfig config, RandomGenerator random) {
        Path file = config.dataDirectory().resolve(FILE_NAME);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException isNew) {
            return create(file, new ClusterLayout(ClusterId.random(random), config.zones()));
        } catch (IOException | IllegalArgumentException cannotRead) {
            throw unusable(file, "cannot be read", cannotRead);
        }
        ClusterLayout layout = parse(file, properties);
        if (!layout.zones.equals(config.zones())) {
            throw new StartException(
                    Reason.DIRECTORY_OF_ANOTHER_CLUSTER,
                    "The data directory " + config.dataDirectory().toAbsolutePath() + " holds a cluster with the zones "
                            + layout.zones + ", not " + config.zones() + ": start it with its own zones, or name an"
                            + " empty directory");
        }
        return layout;
    }

    private static ClusterLayout parse(Path file, Properties properties) {
        String clusterId = properties.getProperty(CLUSTER_ID, "");
        String zones = properties.getProperty(ZONES, "");
        try {
            return new ClusterLayout(new ClusterId(clusterId), List.of(zones.split(",", -1)));
        } catch (IllegalArgumentException damaged) {
            throw unusable(file, "is damaged", damaged);
        }
    }

    private static ClusterLayout create(Path file, ClusterLayout layout) {
        Properties properties = new Properties();
        properties.setProperty(CLUSTER_ID, layout.clusterId.value());
        properties.setProperty(ZONES, String.join(",", layout.zones));
        StringWriter text = new StringWriter();
        Path unfinished = file.resolveSibling(FILE_NAME + ".new");
        try {
            properties.store(text, null);
            Files.writeString(unfinished, text.toString());
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException cannotWrite) {
            throw unusable(file, "cannot be written", cannotWrite);
        }
        return layout;
    }

    private static StartException unusable(Path file, String why, Exception cause) {
        return new StartException(
                Reason.DIRECTORY_UNUSABLE, file.toAbsolutePath() + " " + why + " (" + cause.getMessage() + ")", cause);
    }

    /** The node id of the broker and controller of the zone at {@code index}. */
    static int nodeId(int index) {
        return FIRST_NODE_ID + index;
    }
}
