package io.tidemark.log.producer;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.key.InvalidKeyException;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.wire.RecordHeader;
import io.tidemark.schema.wire.WalCodec;
import io.tidemark.schema.wire.WalPayload;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serializes commands as write-ahead log records, with their headers. To be set as the serializer of both key and value, for
 * records whose key and value are the same command, as {@link CommandRecord} makes them. Needs the property
 * {@value ProducerSettings#ROUTES}. Thread-safe.
 *
 * <p>As key serializer it encodes the item's key and adds a request id, unless the record has one. As value serializer it
 * encodes the whole command and adds the other headers; the checksum covers both.
 */
public final class TidemarkSerializer implements Serializer<ItemCommand> {
    private final RandomGenerator random;
    private @Nullable TableRoutes routes;
    private boolean isKey;

    /** For Kafka, which makes serializers by their class name. */
    public TidemarkSerializer() {
        this(RandomGenerator.of("SecureRandom"));
    }

    /** @param random gives request ids; used by one thread at a time */
    public TidemarkSerializer(RandomGenerator random) {
        this.random = random;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a property is missing or makes writes unsafe; it is named */
    @Override
    public void configure(Map<String, ?> properties, boolean isKey) {
        ProducerSettings.requireSafe(properties);
        this.routes = ProducerSettings.routes(properties);
        this.isKey = isKey;
    }

    /** Never returns: the headers are part of a record. */
    @Override
    public byte[] serialize(String topic, @Nullable ItemCommand command) {
        throw new SerializationException("a command cannot be serialized without the record's headers");
    }

    /** @throws SerializationException if the record is not one of {@link CommandRecord}'s, or its command not admissible */
    @Override
    public byte[] serialize(String topic, Headers headers, @Nullable ItemCommand command) {
        if (command == null) {
            throw new SerializationException((isKey ? "the key" : "the value") + " of a record for " + topic
                    + " is null: make records with CommandRecord.of(topic, command)");
        }
        TableRoute route = Objects.requireNonNull(routes, "not configured")
                .route(command.tableId())
                .orElseThrow(() -> new SerializationException(
                        "table " + command.tableId() + " is not in " + ProducerSettings.ROUTES + ": create it first"));
        try {
            return isKey ? serializeKey(headers, route, command) : serializeValue(headers, route, command);
        } catch (InvalidKeyException | InvalidValueException e) {
            throw new SerializationException(
                    "the command for table " + command.tableId() + " is not admissible: " + e.getMessage(), e);
        }
    }

    private byte[] serializeKey(Headers headers, TableRoute route, ItemCommand command) {
        byte[] key = WalCodec.itemKey(route.keySchema(), command).array();
        if (headers.lastHeader(RecordHeader.REQUEST_ID) == null) {
            headers.add(RecordHeader.REQUEST_ID, nextRequestId().toBytes());
        }
        return key;
    }

    private static byte[] serializeValue(Headers headers, TableRoute route, ItemCommand command) {
        Header requestId = headers.lastHeader(RecordHeader.REQUEST_ID);
        if (requestId == null) {
            throw new SerializationException("the record has no request id: set key.serializer to "
                    + TidemarkSerializer.class.getName() + " too");
        }
        if (requestId.value() == null || requestId.value().length != RequestId.SIZE_BYTES) {
            throw new SerializationException(
                    "header " + RecordHeader.REQUEST_ID + " must have " + RequestId.SIZE_BYTES + " bytes");
        }
        WalPayload payload =
                WalCodec.encode(route.keySchema(), Envelope.of(RequestId.fromBytes(requestId.value()), command));
        for (RecordHeader header : payload.headers()) {
            addOnce(headers, header);
        }
        return payload.value().array();
    }

    /** A record that is sent again has its headers already, and nobody may change them any more. */
    private static void addOnce(Headers headers, RecordHeader header) {
        Header present = headers.lastHeader(header.key());
        if (present == null || !header.value().equals(Bytes.wrap(present.value()))) {
            headers.add(header.key(), header.value().array());
        }
    }

    private RequestId nextRequestId() {
        synchronized (random) {
            return RequestId.random(random);
        }
    }
}
