package io.tidemark.schema.key;

import org.apache.kafka.common.utils.Utils;

/** The hash that places items: Kafka's own murmur2, so that its partitioners agree. */
public final class KeyHash {
    private KeyHash() {}

    /**
     * @param encodedPartitionKey as {@link KeyEncoding} gives it
     * @return 32 bits, to be read as unsigned
     */
    public static int of(byte[] encodedPartitionKey) {
        return Utils.murmur2(encodedPartitionKey);
    }
}
