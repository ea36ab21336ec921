package io.tidemark.router.operation.item;

import io.tidemark.client.WriteResult;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.ReadToken;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.Lsn;
import io.tidemark.schema.ShardId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The answer to one write. */
final class Written {
    private Written() {}

    /** Of PutItem, UpdateItem and DeleteItem. No table has item collections: there is no metric of them. */
    static Answer answer(String tableName, Capacity.Detail detail, WriteResult result) {
        return new Answer(
                Answers.object(out -> {
                    if (result.attributes().isPresent()) {
                        out.writeFieldName("Attributes");
                        AttributeValues.writeItem(out, result.attributes().get());
                    }
                    Capacity.writeMember(
                            out, detail, tableName, Capacity.ofWrite(result.oldSizeBytes(), result.newSizeBytes()));
                }),
                new ReadToken(Map.of(result.shard(), result.lsn())));
    }

    /** What a later read must see to see all of the writes. */
    static ReadToken token(Collection<WriteResult> results) {
        Map<ShardId, Lsn> last = new HashMap<>();
        for (WriteResult result : results) {
            last.merge(result.shard(), result.lsn(), (one, other) -> one.isAfter(other) ? one : other);
        }
        return new ReadToken(last);
    }
}
