package io.tidemark.log;

import io.tidemark.log.LogException.Kind;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log that is a Kafka topic, each partition a shard and each offset an LSN.
 *
 * <p>Appends go through one idempotent producer with {@code acks=all}, one request in flight for each broker and no linger:
 * what arrives during a round trip is the next batch, which is group commit without a timer. The caller never waits for
 * buffer space or metadata: it is told OVERLOADED or UNAVAILABLE instead.
 */
public final class KafkaLog implements Log {
    private static final Logger logger = LoggerFactory.getLogger(KafkaLog.class);

    /** Records of one shard that one batch holds at most, by their size: 256 callers of small commands fit. */
    private static final int BATCH_BYTES = 128 << 10;

    private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(20);
    private static final Duration MAX_RETRY_DELAY = Duration.ofMillis(500);
    /** Far more than a shard can be idle: the producer must never forget the topic. */
    private static final Duration METADATA_MAX_IDLE = Duration.ofDays(3_650);

    /** A broker that takes longer to tell an end is no faster than an append. */
    private static final Duration CONFIRM_TIMEOUT = Duration.ofMillis(500);

    private static final Duration METADATA_PAUSE = Duration.ofMillis(20);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final KafkaLogConfig config;
    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final List<ShardOffsets> offsets;
    private final ConfirmedEnds confirmedEnds;
    private final Set<KafkaLogReader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private KafkaLog(
            KafkaLogConfig config, Admin admin, Producer<byte[], byte[]> producer, BrokerRequests brokerRequests) {
        this.config = config;
        this.topic = config.topic().name();
        this.admin = admin;
        this.producer = producer;
        List<ShardOffsets> all = new ArrayList<>();
        for (int shard = 0; shard < config.topic().partitions(); shard++) {
            all.add(new ShardOffsets(admin, new TopicPartition(topic, shard)));
        }
        this.offsets = List.copyOf(all);
        this.confirmedEnds = new ConfirmedEnds(
                config.topic(), () -> producer.partitionsFor(topic), brokerRequests, System::nanoTime);
    }

    /**
     * Creates or checks the topic, connects, and blocks until appends need wait for nothing.
     *
     * @throws LogException as {@link Topics#ensure} does
     */
    public static KafkaLog open(KafkaLogConfig config) {
        Topics.ensure(config.connection(), config.topic(), config.startTimeout());
        Admin admin = Topics.newAdmin(config.connection(), config.appendTimeout());
        Producer<byte[], byte[]> producer = null;
        boolean opened = false;
        try {
            producer = newProducer(config);
            awaitMetadata(config, producer);
            BrokerRequests brokerRequests = new BrokerRequests(
                    config.connection(), "log-ends-" + config.topic().name(), CONFIRM_TIMEOUT);
            opened = true;
            logger.atInfo()
                    .addKeyValue("topic", config.topic().name())
                    .addKeyValue("shards", config.topic().partitions())
                    .log("log opened");
            return new KafkaLog(config, admin, producer, brokerRequests);
        } finally {
            if (!opened) {
                close(admin, producer, Duration.ZERO);
            }
        }
    }

    private static Producer<byte[], byte[]> newProducer(KafkaLogConfig config) {
        Properties properties = config.connection().properties();
        properties.setProperty("acks", "all");
        properties.setProperty("enable.idempotence", "true");
        properties.setProperty("max.in.flight.requests.per.connection", "1");
        properties.setProperty("linger.ms", "0");
        properties.setProperty("max.block.ms", "0");
        properties.setProperty("batch.size", Integer.toString(BATCH_BYTES));
        properties.setProperty("buffer.memory", Long.toString(config.bufferBytes()));
        properties.setProperty("max.request.size", Integer.toString(TopicSpec.MAX_MESSAGE_BYTES));
        properties.setProperty("compression.type", config.compression().name().toLowerCase(Locale.ROOT));
        properties.setProperty(
                "delivery.timeout.ms", Long.toString(config.appendTimeout().toMillis()));
        properties.setProperty(
                "request.timeout.ms", Long.toString(requestTimeout(config).toMillis()));
        properties.setProperty("retry.backoff.ms", Long.toString(FIRST_RETRY_DELAY.toMillis()));
        properties.setProperty("retry.backoff.max.ms", Long.toString(MAX_RETRY_DELAY.toMillis()));
        properties.setProperty("metadata.max.idle.ms", Long.toString(METADATA_MAX_IDLE.toMillis()));
        try {
            return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (RuntimeException e) {
            throw KafkaErrors.toLogException("open log " + config.topic().name(), e);
        }
    }

    /** Short enough to try another leader in time. */
    private static Duration requestTimeout(KafkaLogConfig config) {
        Duration half = config.appendTimeout().dividedBy(2);
        return half.compareTo(KafkaConnection.REQUEST_TIMEOUT) < 0 ? half : KafkaConnection.REQUEST_TIMEOUT;
    }

    /** The producer never blocks a caller, so it must know every shard before the first append. */
    private static void awaitMetadata(KafkaLogConfig config, Producer<byte[], byte[]> producer) {
        String action = "open log " + config.topic().name();
        long attempts = 1 + config.startTimeout().dividedBy(METADATA_PAUSE);
        for (long attempt = 0; attempt < attempts; attempt++) {
            try {
                if (producer.partitionsFor(config.topic().name()).size()
                        >= config.topic().partitions()) {
                    return;
                }
            } catch (org.apache.kafka.common.errors.TimeoutException e) {
                // Not yet: asking has made the producer fetch it.
            } catch (RuntimeException e) {
                throw KafkaErrors.toLogException(action, e);
            }
            try {
                Thread.sleep(METADATA_PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LogException(Kind.CLOSED, action + ": interrupted", e);
            }
        }
        throw new LogException(
                Kind.UNAVAILABLE,
                action + ": the brokers at " + config.connection().bootstrapServers()
                        + " did not tell the topic's leaders" + " within "
                        + config.startTimeout().toSeconds() + " s; check the brokers, then start again");
    }

    @Override
    public int shardCount() {
        return offsets.size();
    }

    @Override
    public CompletionStage<Lsn> append(ShardId shard, WalPayload payload) {
        Shards.require(this, shard);
        String action = "append to " + topic + " shard " + shard;
        if (closed) {
            return CompletableFuture.failedStage(KafkaErrors.closed(action));
        }
        if (payload.sizeBytes() > MAX_PAYLOAD_BYTES) {
            return CompletableFuture.failedStage(Shards.tooLarge(action, payload));
        }
        CompletableFuture<Lsn> result = new CompletableFuture<>();
        send(shard, payload, action, result);
        return result;
    }

    private void send(ShardId shard, WalPayload payload, String action, CompletableFuture<Lsn> result) {
        try {
            var unused = producer.send(
                    toProducerRecord(shard, payload),
                    (metadata, failure) -> complete(result, action, metadata, failure));
        } catch (RuntimeException failure) {
            complete(result, action, null, failure);
        }
    }

    private ProducerRecord<byte[], byte[]> toProducerRecord(ShardId shard, WalPayload payload) {
        List<Header> headers = new ArrayList<>(payload.headers().size());
        for (RecordHeader header : payload.headers()) {
            headers.add(new org.apache.kafka.common.header.internals.RecordHeader(
                    header.key(), header.value().array()));
        }
        return new ProducerRecord<>(
                topic,
                shard.value(),
                null,
                payload.key().array(),
                payload.value().array(),
                new RecordHeaders(headers));
    }

    private void complete(
            CompletableFuture<Lsn> result,
            String action,
            @Nullable RecordMetadata metadata,
            @Nullable Exception failure) {
        if (failure != null) {
            result.completeExceptionally(
                    closed
                            ? new LogException(
                                    Kind.CLOSED,
                                    action + ": the log was closed meanwhile; the record may or may not be in it",
                                    failure)
                            : KafkaErrors.toLogException(action, failure));
        } else if (metadata == null || !metadata.hasOffset()) {
            result.completeExceptionally(new LogException(
                    Kind.UNAVAILABLE,
                    action
                            + ": the record is in the log, but the broker has forgotten where; repeat with the same request"
                            + " id"));
        } else {
            result.complete(new Lsn(metadata.offset()));
        }
    }

    @Override
    public LogReader read(ShardId shard, Lsn from) {
        Shards.require(this, shard);
        if (closed) {
            throw KafkaErrors.closed("read " + topic + " shard " + shard);
        }
        KafkaLogReader reader = KafkaLogReader.open(
                config.connection(), new TopicPartition(topic, shard.value()), from, readers::remove);
        readers.add(reader);
        if (closed) {
            reader.fail();
        }
        return reader;
    }

    @Override
    public CompletionStage<Lsn> start(ShardId shard) {
        return offsets(shard).start();
    }

    @Override
    public CompletionStage<Lsn> end(ShardId shard) {
        return offsets(shard).end();
    }

    @Override
    public CompletionStage<Lsn> confirmedEnd(ShardId shard) {
        Shards.require(this, shard);
        return confirmedEnds.end(shard);
    }

    @Override
    public CompletionStage<Lsn> trim(ShardId shard, Lsn before) {
        return offsets(shard).trim(before);
    }

    private ShardOffsets offsets(ShardId shard) {
        Shards.require(this, shard);
        return offsets.get(shard.value());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        offsets.forEach(ShardOffsets::close);
        confirmedEnds.close();
        readers.forEach(KafkaLogReader::fail);
        close(admin, producer, CLOSE_TIMEOUT);
        logger.atInfo().addKeyValue("topic", topic).log("log closed");
    }

    private static void close(Admin admin, @Nullable Producer<byte[], byte[]> producer, Duration timeout) {
        try {
            if (producer != null) {
                producer.close(timeout);
            }
        } finally {
            admin.close(timeout);
        }
    }
}
