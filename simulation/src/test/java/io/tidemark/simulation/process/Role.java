package io.tidemark.simulation.process;

/**
 * A process of the cluster.
 *
 * @param command of {@code tidemark}
 * @param name unique in the cluster, and the name of its configuration file
 */
public record Role(String command, String name) {
    public static final Role CONTROL = new Role("control", "control");
    public static final Role ARCHIVER = new Role("archiver", "archiver");
    public static final Role VERIFIER = new Role("verifier", "verifier");

    public static Role node(String zone) {
        return new Role("node", "node-" + zone);
    }

    /** A second node of the zone, which tests start and stop: the two share the zone's shards. */
    public static Role spareNode(String zone) {
        return new Role("node", "spare-node-" + zone);
    }

    public static Role broker(String zone) {
        return new Role("broker", "broker-" + zone);
    }

    /** @param number from 1 on; any number of routers may run */
    public static Role router(int number) {
        return new Role("router", "router-" + number);
    }

    @Override
    public String toString() {
        return name;
    }
}
