package io.tidemark.embedded;

import java.util.random.RandomGenerator;
import org.apache.kafka.common.Uuid;

/**
 * Identifies one Kafka cluster. Every data directory of the cluster carries it, and a broker refuses a directory that
 * carries another one.
 *
 * @param value 16 bytes in URL-safe Base64 without padding, as Kafka writes them
 */
public record ClusterId(String value) {

    public ClusterId {
        try {
            Uuid.fromString(value);
        } catch (IllegalArgumentException notAnId) {
            throw new IllegalArgumentException(
                    "A cluster id is 16 bytes in URL-safe Base64 (22 characters), got '" + value + "'", notAnId);
        }
    }

    public static ClusterId random(RandomGenerator random) {
        Uuid uuid;
        do {
            uuid = new Uuid(random.nextLong(), random.nextLong());
            // Kafka keeps the smallest ids for itself, and an id that begins with a dash reads as an option in its
            // tools.
        } while (Uuid.RESERVED.contains(uuid) || uuid.toString().startsWith("-"));
        return new ClusterId(uuid.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
