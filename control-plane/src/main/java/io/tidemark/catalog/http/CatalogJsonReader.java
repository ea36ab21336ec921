package io.tidemark.catalog.http;

import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import io.tidemark.schema.TableId;
import io.tidemark.schema.Zone;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.Capacity;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogStatus;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableList;
import io.tidemark.schema.catalog.TableSettings;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.catalog.TableStatus;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.TableRoute;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@link CatalogJson} writes. Requests admit no unknown field; answers do, because the server may be newer.
 * Throws {@link InvalidJsonException}, or an {@link IllegalArgumentException} where a value itself is inadmissible.
 */
final class CatalogJsonReader {
    static final String JSON = "json";
    static final String AVRO = "avro";
    static final String RECORD_KEY = "recordKey";
    static final String FIELDS = "fields";

    private CatalogJsonReader() {}

    static TableSpec tableSpec(JsonFields json) {
        TableSpec spec = new TableSpec(
                json.text("name"),
                keySchema(json, true),
                json.optionalInteger("partitions"),
                json.optionalObject(SettingsJson.CAPACITY)
                        .map(capacity -> SettingsJson.readCapacity(capacity, true))
                        .orElse(Capacity.ON_DEMAND),
                json.optionalTruth(SettingsJson.DELETION_PROTECTED).orElse(false),
                SettingsJson.readTags(json),
                SettingsJson.readTableClass(json),
                SettingsJson.readLimits(json));
        json.requireNoOthers();
        return spec;
    }

    static BindingSpec bindingSpec(JsonFields json) {
        BindingSpec spec = bindingSpec(json, true);
        json.requireNoOthers();
        return spec;
    }

    static TableDescription table(JsonFields json) {
        List<TableRoute.Partition> partitions = json.objects(
                "partitions",
                partition -> new TableRoute.Partition(
                        new HashRange(partition.longInteger("startHash"), partition.longInteger("endHash")),
                        new ShardId(partition.integer("shard"))));
        Instant createdAt = json.instant("createdAt");
        return new TableDescription(
                json.text("name"),
                json.oneOf("status", TableStatus.class),
                createdAt,
                new TableRoute(new TableId(json.integer("id")), keySchema(json, false), partitions),
                // An older server has none.
                json.optionalObject("settings")
                        .map(SettingsJson::readSettings)
                        .orElseGet(() -> TableSettings.initial(createdAt)));
    }

    static TableList tableList(JsonFields json) {
        return new TableList(json.objects("tables", CatalogJsonReader::table), json.optionalText("lastEvaluatedName"));
    }

    static BindingDescription binding(JsonFields json) {
        return new BindingDescription(
                json.integer("id"),
                bindingSpec(json, false),
                new TableId(json.integer("tableId")),
                json.instant("createdAt"));
    }

    static BindingStatus bindingStatus(JsonFields json) {
        return new BindingStatus(
                binding(json),
                json.oneOf("state", BindingStatus.State.class),
                json.optionalLong("lagRecords"),
                json.longInteger("appendedRecords"),
                json.longInteger("deadLetters"),
                json.integer("restarts"),
                json.optionalText("lastError"));
    }

    static List<BindingStatus> bindings(JsonFields json) {
        return json.objects("bindings", CatalogJsonReader::bindingStatus);
    }

    static ClusterDescription cluster(JsonFields json) {
        return new ClusterDescription(
                json.objects(
                        "zones",
                        zone -> new ClusterDescription.ZoneNodes(
                                new Zone(zone.text("zone")),
                                zone.texts("nodes").stream().map(URI::create).toList())),
                json.integer("shards"),
                json.text("version"));
    }

    static CatalogStatus status(JsonFields json) {
        return new CatalogStatus(
                json.text("version"),
                new Lsn(json.longInteger("nextLsn")),
                json.integer("tables"),
                json.integer("partitions"),
                json.longInteger("skippedRecords"),
                json.objects(
                        "unsettled",
                        unsettled -> new CatalogStatus.UnsettledTable(
                                unsettled.text("name"),
                                unsettled.oneOf("status", TableStatus.class),
                                unsettled.integer("attempts"),
                                unsettled.optionalText("lastError"))),
                bindings(json),
                json.optionalText("fault"));
    }

    static CatalogException failure(JsonFields json) {
        return new CatalogException(json.oneOf("kind", CatalogException.Kind.class), json.text("message"));
    }

    private static KeySchema keySchema(JsonFields json, boolean strict) {
        KeyAttribute partitionKey = keyAttribute(json.object("partitionKey"), strict);
        Optional<KeyAttribute> sortKey = json.optionalObject("sortKey").map(object -> keyAttribute(object, strict));
        return new KeySchema(partitionKey, sortKey);
    }

    private static KeyAttribute keyAttribute(JsonFields json, boolean strict) {
        KeyAttribute attribute = new KeyAttribute(json.text("name"), json.oneOf("type", KeyType.class));
        if (strict) {
            json.requireNoOthers();
        }
        return attribute;
    }

    private static BindingSpec bindingSpec(JsonFields json, boolean strict) {
        return new BindingSpec(
                json.text("topic"),
                json.text("table"),
                format(json.object("format"), strict),
                key(json.object("key"), strict));
    }

    private static SourceFormat format(JsonFields json, boolean strict) {
        SourceFormat format = switch (json.text("type")) {
            case JSON -> SourceFormat.JSON;
            case AVRO -> new SourceFormat.Avro(json.text("schema"));
            default -> throw json.invalid("type", "must be " + JSON + " or " + AVRO);
        };
        if (strict) {
            json.requireNoOthers();
        }
        return format;
    }

    private static SourceKey key(JsonFields json, boolean strict) {
        SourceKey key = switch (json.text("type")) {
            case RECORD_KEY -> SourceKey.RECORD_KEY;
            case FIELDS -> new SourceKey.Fields(json.text("partition"), json.optionalText("sort"));
            default -> throw json.invalid("type", "must be " + RECORD_KEY + " or " + FIELDS);
        };
        if (strict) {
            json.requireNoOthers();
        }
        return key;
    }
}
