package io.tidemark.router.operation.item;

import io.tidemark.client.ItemPage;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.node.NodeRequest;
import io.tidemark.schema.value.Item;
import java.util.List;
import java.util.Optional;

/**
 * What Query and Scan have in common.
 *
 * @param consistentRead whether the client asked for it: what the read costs
 */
record Pages(String tableName, Select select, Capacity.Detail detail, boolean consistentRead) {

    /** Items that a page evaluates; it ends there, and at 1 MB, even where the client asked for more. */
    static int limit(Parameters input) {
        return Math.min(input.integer("Limit").orElse(NodeRequest.MAX_PAGE_ITEMS), NodeRequest.MAX_PAGE_ITEMS);
    }

    /** Who only counts needs no more of an item than that it is there. */
    Optional<Projection> projection(KeySchema keySchema, Optional<Projection> asked) {
        return select == Select.COUNT
                ? Optional.of(new Projection(
                        List.of(DocumentPath.of(keySchema.partitionKey().name()))))
                : asked;
    }

    Answer answer(KeySchema keySchema, ItemPage page) {
        return Answer.of(Answers.object(out -> {
            if (select != Select.COUNT) {
                out.writeArrayFieldStart("Items");
                for (Item item : page.items()) {
                    AttributeValues.writeItem(out, item);
                }
                out.writeEndArray();
            }
            out.writeNumberField("Count", page.items().size());
            out.writeNumberField("ScannedCount", page.scannedCount());
            if (page.lastEvaluated().isPresent()) {
                out.writeFieldName("LastEvaluatedKey");
                Keys.write(out, keySchema, page.lastEvaluated().get());
            }
            Capacity.writeMember(out, detail, tableName, Capacity.ofRead(page.scannedBytes(), consistentRead));
        }));
    }
}
