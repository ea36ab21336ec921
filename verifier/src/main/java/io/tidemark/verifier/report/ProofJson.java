package io.tidemark.verifier.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A proof as JSON, in the manner of {@link ReportJson}; what is found of a chain is {@code whole}, {@code broken} or {@code
 * unknown}.
 */
public final class ProofJson {
    private ProofJson() {}

    public static ObjectNode of(ProofReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("chains", ProofText.word(report.conclusion()));
        json.put("startedAt", report.startedAt().toString());
        json.put("durationMs", report.duration().toMillis());
        json.put("segments", report.segments());
        json.put("records", report.records());
        json.put("bytes", report.bytes());
        ArrayNode shards = json.putArray("shards");
        report.shards().forEach(shard -> shards.add(shard(shard)));
        return json;
    }

    private static ObjectNode shard(ShardProof shard) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("shard", shard.shard().value());
        json.put("chain", ProofText.word(shard.conclusion()));
        ArchiveReport archive = shard.archive();
        json.put("checkedFromLsn", archive.checkedFrom().offset());
        json.put("checkedEndLsn", archive.checkedEnd().offset());
        json.put("segments", archive.segments());
        json.put("records", archive.records());
        json.put("bytes", archive.bytes());
        shard.state().ifPresent(state -> {
            json.put("nextLsn", state.nextLsn().offset());
            json.put("chainHead", state.chainHead().toString());
            json.put("stateHash", state.stateHash().toString());
            json.put("items", state.items());
            json.put("rejected", state.rejected());
        });
        switch (archive.verdict()) {
            case Verdict.Equal ignored -> {}
            case Verdict.Unknown unknown -> json.put("reason", unknown.reason());
            case Verdict.Different different -> {
                json.put("reason", different.why());
                ArrayNode damage = json.putArray("damage");
                different.damage().forEach(damage::add);
            }
        }
        json.put("durationMs", archive.duration().toMillis());
        return json;
    }
}
