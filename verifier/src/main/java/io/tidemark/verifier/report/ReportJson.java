package io.tidemark.verifier.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.Lsn;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A report as JSON. Names and meanings of fields stay as they are; new ones may come. Verdicts are {@code equal}, {@code
 * different} and {@code unknown}; durations are milliseconds, times ISO 8601; what is absent has no field.
 */
public final class ReportJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ReportJson() {}

    public static ObjectNode of(VerificationReport report) {
        ObjectNode json = NODES.objectNode();
        json.put("verdict", word(report.conclusion()));
        json.put("mode", report.mode().name().toLowerCase(Locale.ROOT));
        json.put("startedAt", report.startedAt().toString());
        json.put("durationMs", report.duration().toMillis());
        json.set("summary", summary(report));
        ArrayNode shards = json.putArray("shards");
        report.shards().forEach(shard -> shards.add(shard(shard)));
        return json;
    }

    private static ObjectNode summary(VerificationReport report) {
        ObjectNode json = NODES.objectNode();
        json.put("shards", report.shards().size());
        json.put("shardsOfCluster", report.shardCount());
        json.put("replicas", report.replicas());
        for (Conclusion conclusion : Conclusion.values()) {
            json.put("replicas" + capitalized(conclusion), report.replicas(conclusion));
        }
        json.put("items", report.items());
        json.put("segments", report.segments());
        json.put("records", report.records());
        json.put("bytes", report.bytes());
        json.put("repairs", report.repairs().size());
        report.debt().records().ifPresent(records -> json.put("debtRecords", records));
        report.debt().oldestAge().ifPresent(age -> json.put("debtAgeMs", age.toMillis()));
        return json;
    }

    private static ObjectNode shard(ShardReport shard) {
        ObjectNode json = NODES.objectNode();
        json.put("shard", shard.shard().value());
        json.put("verdict", word(shard.conclusion()));
        json.put("mode", shard.mode().name().toLowerCase(Locale.ROOT));
        putLsn(json, "barrierLsn", shard.barrier());
        json.put("startedAt", shard.startedAt().toString());
        json.put("durationMs", shard.duration().toMillis());
        json.set("archive", archive(shard.archive()));
        ArrayNode replicas = json.putArray("replicas");
        shard.replicas().forEach(replica -> replicas.add(replica(replica)));
        ArrayNode repairs = json.putArray("repairs");
        shard.repairs().forEach(repair -> repairs.add(repair(repair)));
        return json;
    }

    private static ObjectNode archive(ArchiveReport archive) {
        ObjectNode json = NODES.objectNode();
        putVerdict(json, archive.verdict());
        json.put("checkedFromLsn", archive.checkedFrom().offset());
        json.put("checkedEndLsn", archive.checkedEnd().offset());
        json.put("segments", archive.segments());
        json.put("records", archive.records());
        json.put("bytes", archive.bytes());
        json.put("replayedRecords", archive.replayedRecords());
        archive.rebuilt().ifPresent(reason -> json.put("referenceRebuilt", reason));
        putDuration(json, archive.duration());
        return json;
    }

    private static ObjectNode replica(ReplicaReport replica) {
        ObjectNode json = NODES.objectNode();
        json.put("zone", replica.zone().name());
        putVerdict(json, replica.verdict());
        putLsn(json, "nextLsn", replica.nextLsn());
        replica.stateHash().ifPresent(hash -> json.put("stateHash", hash.toString()));
        json.put("items", replica.items());
        putDuration(json, replica.duration());
        return json;
    }

    private static ObjectNode repair(Repair repair) {
        ObjectNode json = NODES.objectNode();
        json.put("zone", repair.zone().name());
        json.put("succeeded", repair.succeeded());
        json.put("detail", repair.detail());
        repair.evidence().ifPresent(folder -> json.put("evidence", folder));
        ObjectNode before = json.putObject("before");
        putVerdict(before, repair.before());
        putDuration(json, repair.duration());
        return json;
    }

    private static void putVerdict(ObjectNode json, Verdict verdict) {
        json.put("verdict", word(verdict.conclusion()));
        switch (verdict) {
            case Verdict.Equal ignored -> {}
            case Verdict.Unknown unknown -> json.put("reason", unknown.reason());
            case Verdict.Different different -> putDifference(json, different);
        }
    }

    private static void putDifference(ObjectNode json, Verdict.Different different) {
        json.put("reason", different.why());
        json.put("suspect", different.suspect().name().toLowerCase(Locale.ROOT));
        ArrayNode lanes = json.putArray("lanes");
        different.lanes().forEach(lanes::add);
        putTexts(json, "damage", different.damage());
        ItemDifferences items = different.items();
        json.put("differingItems", items.total());
        ArrayNode listed = json.putArray("differences");
        for (ItemDifference item : items.listed()) {
            ObjectNode node = listed.addObject();
            node.put("tableId", item.tableId());
            node.put("key", item.key());
            node.put("kind", item.kind().name().toLowerCase(Locale.ROOT));
        }
        items.incomplete().ifPresent(why -> json.put("differencesIncomplete", why));
    }

    private static void putTexts(ObjectNode json, String name, List<String> texts) {
        ArrayNode array = json.putArray(name);
        texts.forEach(array::add);
    }

    private static void putLsn(ObjectNode json, String name, Optional<Lsn> lsn) {
        lsn.ifPresent(found -> json.put(name, found.offset()));
    }

    private static void putDuration(ObjectNode json, Duration duration) {
        json.put("durationMs", duration.toMillis());
    }

    private static String word(Conclusion conclusion) {
        return conclusion.name().toLowerCase(Locale.ROOT);
    }

    private static String capitalized(Conclusion conclusion) {
        return conclusion.name().charAt(0) + word(conclusion).substring(1);
    }
}
