package io.tidemark.catalog.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.catalog.BindingDescription;
import io.tidemark.schema.catalog.BindingSpec;
import io.tidemark.schema.catalog.BindingStatus;
import io.tidemark.schema.catalog.CatalogException;
import io.tidemark.schema.catalog.CatalogStatus;
import io.tidemark.schema.catalog.ClusterDescription;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.catalog.TableDescription;
import io.tidemark.schema.catalog.TableList;
import io.tidemark.schema.catalog.TableSpec;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.TableRoute;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The catalog's values as JSON. Empty optionals are left out. {@link CatalogJsonReader} reads them. */
public final class CatalogJson {
    private CatalogJson() {}

    public static ObjectNode write(TableSpec spec) {
        ObjectNode json = JsonFields.newObject().put("name", spec.name());
        writeKeys(json, spec.keySchema());
        spec.partitions().ifPresent(partitions -> json.put("partitions", partitions));
        SettingsJson.write(json, spec);
        return json;
    }

    public static ObjectNode write(TableDescription table) {
        ObjectNode json = JsonFields.newObject()
                .put("name", table.name())
                .put("id", table.id().value())
                .put("status", table.status().name())
                .put("createdAt", table.createdAt().toString());
        writeKeys(json, table.keySchema());
        ArrayNode partitions = json.putArray("partitions");
        for (TableRoute.Partition partition : table.route().partitions()) {
            partitions
                    .addObject()
                    .put("startHash", partition.range().start())
                    .put("endHash", partition.range().end())
                    .put("shard", partition.shard().value());
        }
        json.set("settings", SettingsJson.write(table.settings()));
        return json;
    }

    public static ObjectNode write(TableList list) {
        ObjectNode json = JsonFields.newObject();
        writeAll(json.putArray("tables"), list.tables(), CatalogJson::write);
        writeText(json, "lastEvaluatedName", list.lastEvaluatedName());
        return json;
    }

    public static ObjectNode write(BindingSpec spec) {
        return writeSpec(JsonFields.newObject(), spec);
    }

    public static ObjectNode write(BindingDescription binding) {
        ObjectNode json = JsonFields.newObject().put("id", binding.id());
        writeSpec(json, binding.spec());
        return json.put("tableId", binding.tableId().value())
                .put("createdAt", binding.createdAt().toString());
    }

    public static ObjectNode write(BindingStatus status) {
        ObjectNode json = write(status.binding()).put("state", status.state().name());
        status.lagRecords().ifPresent(lag -> json.put("lagRecords", lag));
        json.put("appendedRecords", status.appendedRecords())
                .put("deadLetters", status.deadLetters())
                .put("restarts", status.restarts());
        return writeText(json, "lastError", status.lastError());
    }

    public static ObjectNode writeBindings(List<BindingStatus> bindings) {
        ObjectNode json = JsonFields.newObject();
        writeAll(json.putArray("bindings"), bindings, CatalogJson::write);
        return json;
    }

    public static ObjectNode write(ClusterDescription cluster) {
        ObjectNode json = JsonFields.newObject();
        ArrayNode zones = json.putArray("zones");
        for (ClusterDescription.ZoneNodes zone : cluster.zones()) {
            ArrayNode nodes = zones.addObject().put("zone", zone.zone().name()).putArray("nodes");
            zone.nodes().forEach(node -> nodes.add(node.toString()));
        }
        return json.put("shards", cluster.shardCount()).put("version", cluster.version());
    }

    public static ObjectNode write(CatalogStatus status) {
        ObjectNode json = JsonFields.newObject()
                .put("version", status.version())
                .put("nextLsn", status.nextLsn().offset())
                .put("tables", status.tables())
                .put("partitions", status.partitions())
                .put("skippedRecords", status.skippedRecords());
        writeAll(
                json.putArray("unsettled"),
                status.unsettled(),
                unsettled -> writeText(
                        JsonFields.newObject()
                                .put("name", unsettled.name())
                                .put("status", unsettled.status().name())
                                .put("attempts", unsettled.attempts()),
                        "lastError",
                        unsettled.lastError()));
        writeAll(json.putArray("bindings"), status.bindings(), CatalogJson::write);
        return writeText(json, "fault", status.fault());
    }

    public static ObjectNode write(CatalogException failure) {
        return JsonFields.newObject()
                .put("kind", failure.kind().name())
                .put("message", String.valueOf(failure.getMessage()));
    }

    private static void writeKeys(ObjectNode json, KeySchema keys) {
        json.set("partitionKey", write(keys.partitionKey()));
        keys.sortKey().ifPresent(sortKey -> json.set("sortKey", write(sortKey)));
    }

    private static ObjectNode write(KeyAttribute attribute) {
        return JsonFields.newObject()
                .put("name", attribute.name())
                .put("type", attribute.type().name());
    }

    private static ObjectNode writeSpec(ObjectNode json, BindingSpec spec) {
        json.put("topic", spec.topic()).put("table", spec.tableName());
        ObjectNode format = json.putObject("format");
        switch (spec.format()) {
            case SourceFormat.Json() -> format.put("type", CatalogJsonReader.JSON);
            case SourceFormat.Avro avro ->
                format.put("type", CatalogJsonReader.AVRO).put("schema", avro.schema());
        }
        ObjectNode key = json.putObject("key");
        switch (spec.key()) {
            case SourceKey.RecordKey() -> key.put("type", CatalogJsonReader.RECORD_KEY);
            case SourceKey.Fields fields -> {
                key.put("type", CatalogJsonReader.FIELDS).put("partition", fields.partition());
                writeText(key, "sort", fields.sort());
            }
        }
        return json;
    }

    private static ObjectNode writeText(ObjectNode json, String name, Optional<String> value) {
        value.ifPresent(text -> json.put(name, text));
        return json;
    }

    private static <T> void writeAll(ArrayNode array, List<T> values, Function<T, JsonNode> element) {
        values.forEach(value -> array.add(element.apply(value)));
    }
}
