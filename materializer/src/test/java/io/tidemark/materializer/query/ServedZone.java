package io.tidemark.materializer.query;

import io.tidemark.log.Barriers;
import io.tidemark.log.KafkaConnection;
import io.tidemark.log.KafkaLog;
import io.tidemark.log.KafkaLogConfig;
import io.tidemark.log.TopicSpec;
import io.tidemark.materializer.streams.TrimmedRecords;
import io.tidemark.materializer.streams.ZoneApplication;
import io.tidemark.materializer.streams.ZoneSettings;
import io.tidemark.schema.Zone;
import io.tidemark.schema.node.NodeReply.ReplicaState;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** One zone with one node, as a process of its own would run it: log, Streams application, node, HTTP server. */
final class ServedZone implements AutoCloseable {
    private final KafkaLog log;
    private final ZoneApplication application;
    private final ReplicaNode node;
    private final NodeServer server;

    /** @param port 0 for a free one */
    ServedZone(Zone zone, KafkaConnection connection, TopicSpec wal, Path directory, int port) {
        log = KafkaLog.open(KafkaLogConfig.of(connection, wal));
        application = new ZoneApplication(
                ZoneSettings.of(zone, connection, wal.name(), directory),
                log,
                TrimmedRecords.NONE,
                InstantSource.system());
        Barriers barriers = new Barriers(log, new SplittableRandom(zone.hashCode()));
        node = new ReplicaNode(log, application, barriers, ReplicaNodeConfig.DEFAULT, "test", System::nanoTime);
        server = NodeServer.start(NodeServerConfig.of("127.0.0.1", port), node, builder -> {});
        application.start();
    }

    URI uri() {
        return server.uri();
    }

    KafkaLog log() {
        return log;
    }

    ReplicaNode node() {
        return node;
    }

    boolean servesAllShards() {
        return application.statuses().stream()
                        .filter(status -> status.state() == ReplicaState.SERVING)
                        .count()
                == log.shardCount();
    }

    @Override
    public void close() {
        server.close();
        node.close();
        application.close();
        log.close();
    }
}
