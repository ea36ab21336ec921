package io.tidemark.schema;

import java.util.regex.Pattern;

/** An availability zone: Kafka's {@code broker.rack}, and one Kafka Streams application with a full replica of every shard. */
public record Zone(String name) implements Comparable<Zone> {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    public Zone {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("zone name must be 1 to 63 of a-z, 0-9 and '-': '" + name + "'");
        }
    }

    @Override
    public int compareTo(Zone other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
