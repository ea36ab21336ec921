package io.tidemark.log.source;

import io.tidemark.log.KafkaErrors;
import io.tidemark.log.Log;
import io.tidemark.log.LogException;
import io.tidemark.log.LogReader;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalPayload;
import io.tidemark.schema.wire.WalRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The dead letters of all bindings, in a topic of their own: {@value #TOPIC}, one shard. The record's value is the source
 * record's; its key and origin are in headers, so that any Kafka tool can read them. Thread-safe.
 */
public final class DeadLetters {
    public static final String TOPIC = "tidemark.dead-letters";

    /** Dead letters that are listed at once at most. */
    public static final int MAX_LIST = 10_000;

    private static final ShardId SHARD = new ShardId(0);
    private static final int MAX_REASON_CHARACTERS = 1_000;
    /** Leaves room for key and headers. */
    private static final int MAX_VALUE_BYTES = Log.MAX_PAYLOAD_BYTES - (64 << 10);

    private static final int MAX_KEY_BYTES = 32 << 10;
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(10);

    private static final String BINDING = "binding";
    private static final String SOURCE_TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String REASON = "reason";
    private static final String KEY = "key";
    private static final String NULL_VALUE = "null-value";
    private static final String OMITTED_VALUE_BYTES = "omitted-value-bytes";

    /** @param lsn where it stands among the dead letters */
    public record Entry(Lsn lsn, DeadLetter letter) {}

    private final Log log;

    /** @param log of {@link #TOPIC}; closed by its owner */
    public DeadLetters(Log log) {
        this.log = log;
    }

    /** Completes when the letter is durable; fails as {@link Log#append} does. */
    CompletionStage<Lsn> append(int bindingId, SourceRecord record, String reason) {
        List<RecordHeader> headers = new ArrayList<>();
        headers.add(header(BINDING, Integer.toString(bindingId)));
        headers.add(header(SOURCE_TOPIC, record.topic()));
        headers.add(header(PARTITION, Integer.toString(record.partition())));
        headers.add(header(OFFSET, Long.toString(record.offset())));
        headers.add(header(REASON, reason.substring(0, Math.min(reason.length(), MAX_REASON_CHARACTERS))));
        // No table admits a key that long; its beginning is enough to recognize the record.
        record.key().ifPresent(key -> headers.add(new RecordHeader(KEY, first(key, MAX_KEY_BYTES))));
        Bytes value = record.value().orElse(Bytes.EMPTY);
        if (record.value().isEmpty()) {
            headers.add(header(NULL_VALUE, "true"));
        } else if (value.length() > MAX_VALUE_BYTES) {
            headers.add(header(OMITTED_VALUE_BYTES, Integer.toString(value.length())));
            value = Bytes.EMPTY;
        }
        Bytes key = utf8(record.topic() + "/" + record.partition() + "/" + record.offset());
        return log.append(SHARD, new WalPayload(key, value, headers));
    }

    /** Where the oldest letter stands that is still kept. */
    public CompletionStage<Lsn> start() {
        return log.start(SHARD);
    }

    /** Where the next letter will stand: less {@link #start}, their number. */
    public CompletionStage<Lsn> end() {
        return log.end(SHARD);
    }

    /**
     * The letters from {@code from} on in order, at most {@code limit}; what others wrote to the topic is left out. Blocks.
     *
     * @throws LogException as {@link LogReader#poll}, in particular TRIMMED; UNAVAILABLE if the brokers do not answer
     */
    public List<Entry> list(Lsn from, int limit) {
        if (limit < 1 || limit > MAX_LIST) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIST + ": " + limit);
        }
        Lsn end = awaitEnd();
        List<Entry> entries = new ArrayList<>();
        try (LogReader reader = log.read(SHARD, from)) {
            while (entries.size() < limit && reader.position().isBefore(end)) {
                List<WalRecord> records = reader.poll(POLL_TIMEOUT);
                if (records.isEmpty()) {
                    throw new LogException(
                            LogException.Kind.UNAVAILABLE,
                            "list dead letters from " + from + ": the brokers sent nothing within " + POLL_TIMEOUT);
                }
                for (WalRecord record : records) {
                    if (entries.size() < limit) {
                        decode(record).ifPresent(letter -> entries.add(new Entry(record.lsn(), letter)));
                    }
                }
            }
        }
        return entries;
    }

    /** The log bounds it in time. */
    private Lsn awaitEnd() {
        try {
            return end().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw KafkaErrors.toLogException("list dead letters", e);
        }
    }

    private static Optional<DeadLetter> decode(WalRecord record) {
        try {
            boolean isValueKept = record.header(NULL_VALUE).isEmpty()
                    && record.header(OMITTED_VALUE_BYTES).isEmpty();
            SourceRecord source = new SourceRecord(
                    text(record, SOURCE_TOPIC),
                    Integer.parseInt(text(record, PARTITION)),
                    Long.parseLong(text(record, OFFSET)),
                    record.header(KEY),
                    isValueKept ? Optional.of(record.value()) : Optional.empty());
            long omittedBytes = record.header(OMITTED_VALUE_BYTES).isPresent()
                    ? Long.parseLong(text(record, OMITTED_VALUE_BYTES))
                    : 0;
            return Optional.of(new DeadLetter(
                    Integer.parseInt(text(record, BINDING)), source, text(record, REASON), omittedBytes));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Empty where there is no such header, which is no number either. */
    private static String text(WalRecord record, String header) {
        return record.header(header)
                .map(bytes -> new String(bytes.array(), StandardCharsets.UTF_8))
                .orElse("");
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, utf8(value));
    }

    private static Bytes utf8(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Bytes first(Bytes bytes, int count) {
        byte[] array = new byte[Math.min(bytes.length(), count)];
        ByteBuffer.wrap(bytes.array()).get(array);
        return Bytes.wrap(array);
    }
}
