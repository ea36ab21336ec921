package io.tidemark.log.producer;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** What the plugged-in parts read of a producer's properties, and what they refuse. */
final class ProducerSettings {
    /** A {@link TableRoutes}, or the class of one, which is configured with the producer's properties if it can be. */
    static final String ROUTES = "tidemark.routes";

    private ProducerSettings() {}

    /** @throws ConfigException if there are none, or nothing of that type */
    static TableRoutes routes(Map<String, ?> properties) {
        Object value = properties.get(ROUTES);
        return switch (value) {
            case TableRoutes routes -> routes;
            case Class<?> type -> newRoutes(type, properties);
            case String type -> newRoutes(load(type), properties);
            case null ->
                throw new ConfigException(
                        "producer property " + ROUTES + " is missing: set it to a TableRoutes, such as "
                                + "TableRoutes.of(route), or to the name of a class that is one");
            default -> throw notRoutes(value.getClass());
        };
    }

    /** @throws ConfigException if acknowledged records could be lost, written twice, or leave a hole in the log */
    static void requireSafe(Map<String, ?> properties) {
        requireOneOf(properties, "acks", "all", "-1");
        requireOneOf(properties, "enable.idempotence", "true");
        if (properties.get("transactional.id") != null) {
            throw new ConfigException(
                    "producer property transactional.id must not be set: the marks that transactions leave"
                            + " in a topic are holes in the log, at which every replica stops");
        }
    }

    private static void requireOneOf(Map<String, ?> properties, String name, String... admitted) {
        Object value = properties.get(name);
        if (value != null && !List.of(admitted).contains(value.toString())) {
            throw new ConfigException(
                    "producer property " + name + " is " + value + " but must be " + admitted[0] + ", or not be set");
        }
    }

    private static TableRoutes newRoutes(Class<?> type, Map<String, ?> properties) {
        if (!TableRoutes.class.isAssignableFrom(type)) {
            throw notRoutes(type);
        }
        TableRoutes routes = (TableRoutes) Utils.newInstance(type);
        if (routes instanceof Configurable configurable) {
            configurable.configure(properties);
        }
        return routes;
    }

    private static Class<?> load(String type) {
        try {
            return Utils.loadClass(type, Object.class);
        } catch (ClassNotFoundException e) {
            throw new ConfigException("producer property " + ROUTES + ": there is no class " + type);
        }
    }

    private static ConfigException notRoutes(Class<?> type) {
        return new ConfigException("producer property " + ROUTES + " is a " + type.getName() + ", which is no "
                + TableRoutes.class.getName());
    }
}
