package io.tidemark.router.operation.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.router.model.TableArn;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.table.TableSizes.TableSize;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.catalog.TableThroughput;
import io.tidemark.schema.key.KeyAttribute;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** Tables as DynamoDB describes them. */
record TableJson(TableContext context) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MILLIS_SCALE = 3;

    /** Of the upper half of a UUID. */
    private static final long VERSION_BITS = 0xF000;

    private static final long RANDOM_VERSION = 0x4000;

    /** Units a second that a table on demand serves from the first, as the service tells it. */
    private static final long WARM_READ_UNITS = 12_000;

    private static final long WARM_WRITE_UNITS = 4_000;

    private static final String TABLE_CLASS = "TableClassSummary";

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static Answer answer(ObjectNode json) {
        try {
            return Answer.of(Bytes.wrap(MAPPER.writeValueAsBytes(json)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always JSON", impossible);
        }
    }

    /** Everything about the table. */
    ObjectNode describe(TableDescription table) {
        ObjectNode json = describeNew(table);
        json.set("WarmThroughput", warmThroughput(table.settings().throughput()));
        return json;
    }

    /** What the answer to a creation has. */
    ObjectNode describeNew(TableDescription table) {
        ObjectNode json = describeWithoutSchema(table, table.status().name());
        ArrayNode definitions = json.putArray("AttributeDefinitions");
        ArrayNode keySchema = json.putArray("KeySchema");
        write(table.keySchema().partitionKey(), "HASH", definitions, keySchema);
        table.keySchema().sortKey().ifPresent(sortKey -> write(sortKey, "RANGE", definitions, keySchema));
        return json.put("CreationDateTime", seconds(table.createdAt()));
    }

    /** What the answer to a deletion has. */
    ObjectNode describeWithoutSchema(TableDescription table, String status) {
        TableSize size = context.sizes().of(table);
        ObjectNode json = object().put("TableName", table.name())
                .put("TableStatus", status)
                .put("TableArn", TableArn.of(context.region(), table.name()).toString())
                .put("TableId", tableId(table).toString())
                .put("ItemCount", size.items())
                .put("TableSizeBytes", size.bytes())
                .put("DeletionProtectionEnabled", table.settings().deletionProtected());
        json.set("ProvisionedThroughput", throughput(table.settings().throughput()));
        billingMode(json, table);
        tableClass(json, table.settings());
        LimitMembers.write(json, table.settings().onDemandLimits());
        return json;
    }

    /**
     * What the answer to an update has: the table is still being updated, and its capacity and class still what they were.
     *
     * @param before the table before the update
     */
    ObjectNode describeUpdating(TableDescription before, TableDescription after) {
        ObjectNode json = describe(after).put("TableStatus", "UPDATING");
        Capacity old = before.settings().throughput().capacity();
        if (old instanceof Capacity.Provisioned
                && after.settings().throughput().capacity() instanceof Capacity.Provisioned
                && json.get("ProvisionedThroughput") instanceof ObjectNode throughput) {
            writeUnits(throughput, old);
        }
        json.set("WarmThroughput", warmThroughput(before.settings().throughput()));
        json.remove(TABLE_CLASS);
        tableClass(json, before.settings());
        return json;
    }

    /** Absent from tables that nobody gave a class. */
    private static void tableClass(ObjectNode json, TableSettings settings) {
        settings.tableClass().ifPresent(setting -> {
            ObjectNode summary = json.putObject(TABLE_CLASS)
                    .put("TableClass", setting.tableClass().name());
            setting.lastChangedAt().ifPresent(at -> summary.put("LastUpdateDateTime", seconds(at)));
        });
    }

    /** Of a table that has been on demand, at least what such a table starts with. */
    private static ObjectNode warmThroughput(TableThroughput throughput) {
        boolean onDemandOnce = throughput.lastOnDemandAt().isPresent();
        long leastRead = onDemandOnce ? WARM_READ_UNITS : 0;
        long leastWrite = onDemandOnce ? WARM_WRITE_UNITS : 0;
        ObjectNode json = switch (throughput.capacity()) {
            case Capacity.OnDemand() ->
                object().put("ReadUnitsPerSecond", leastRead).put("WriteUnitsPerSecond", leastWrite);
            case Capacity.Provisioned provisioned ->
                object().put("ReadUnitsPerSecond", Math.max(leastRead, provisioned.readUnits()))
                        .put("WriteUnitsPerSecond", Math.max(leastWrite, provisioned.writeUnits()));
        };
        return json.put("Status", "ACTIVE");
    }

    private ObjectNode throughput(TableThroughput throughput) {
        ObjectNode json = object();
        throughput.lastIncreaseAt().ifPresent(at -> json.put("LastIncreaseDateTime", seconds(at)));
        throughput.lastDecreaseAt().ifPresent(at -> json.put("LastDecreaseDateTime", seconds(at)));
        json.put(
                "NumberOfDecreasesToday",
                throughput.decreasesOn(TableThroughput.dayOf(context.clock().instant())));
        return writeUnits(json, throughput.capacity());
    }

    private static ObjectNode writeUnits(ObjectNode json, Capacity capacity) {
        return switch (capacity) {
            case Capacity.OnDemand() -> json.put("ReadCapacityUnits", 0).put("WriteCapacityUnits", 0);
            case Capacity.Provisioned provisioned ->
                json.put("ReadCapacityUnits", provisioned.readUnits())
                        .put("WriteCapacityUnits", provisioned.writeUnits());
        };
    }

    /** Absent from tables that have had provisioned capacity from the first. */
    private static void billingMode(ObjectNode json, TableDescription table) {
        TableThroughput throughput = table.settings().throughput();
        throughput.lastOnDemandAt().ifPresent(at -> {
            ObjectNode summary = json.putObject("BillingModeSummary")
                    .put(
                            "BillingMode",
                            throughput.capacity().equals(Capacity.ON_DEMAND) ? "PAY_PER_REQUEST" : "PROVISIONED");
            if (table.status() != TableStatus.CREATING) {
                summary.put("LastUpdateToPayPerRequestDateTime", seconds(at));
            }
        });
    }

    /** The same for the table's whole life, and another one for a later table of that name. It looks like a random one: clients check. */
    private UUID tableId(TableDescription table) {
        String identity = String.format(
                Locale.ROOT,
                "%s %d %d",
                TableArn.of(context.region(), table.name()),
                table.id().value(),
                table.createdAt().toEpochMilli());
        UUID named = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
        return new UUID(
                (named.getMostSignificantBits() & ~VERSION_BITS) | RANDOM_VERSION, named.getLeastSignificantBits());
    }

    private static void write(KeyAttribute key, String keyType, ArrayNode definitions, ArrayNode keySchema) {
        definitions
                .addObject()
                .put("AttributeName", key.name())
                .put("AttributeType", key.type().name());
        keySchema.addObject().put("AttributeName", key.name()).put("KeyType", keyType);
    }

    /** Since the epoch, to the millisecond. */
    private static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), MILLIS_SCALE);
    }
}
