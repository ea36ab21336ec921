package io.tidemark.router.operation.item;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.client.DeleteRequest;
import io.tidemark.client.PutRequest;
import io.tidemark.client.TidemarkClient;
import io.tidemark.client.WriteRequest;
import io.tidemark.router.error.ItemErrors;
import io.tidemark.router.error.ValueWording;
import io.tidemark.router.model.TableArn;
import io.tidemark.router.operation.Answer;
import io.tidemark.router.operation.Call;
import io.tidemark.router.operation.Operation;
import io.tidemark.router.operation.TableAccess.Right;
import io.tidemark.router.value.AttributeValues;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.key.ItemKey;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.key.TableRoute;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.ItemSize;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Puts and deletes, each on its own: no order between them, and no telling whether all or only some took effect. What could not be
 * served is given back as unprocessed.
 */
final class BatchWriteItemOperation implements Operation {
    /** DynamoDB's limit; all of them are under way at once. */
    static final int MAX_REQUESTS = 25;

    private final TidemarkClient client;
    private final Tables tables;

    BatchWriteItemOperation(TidemarkClient client, Tables tables) {
        this.client = client;
        this.tables = tables;
    }

    /** What is to be put or deleted. */
    private sealed interface Change {
        record Put(Item item) implements Change {}

        record Delete(Map<String, AttributeValue> key) implements Change {}
    }

    /** @param json as the request has it, to be given back */
    private record Element(JsonNode json, Change change) {}

    /** @param nameOrArn as the request names the table, and the answer will */
    private record TableElements(String nameOrArn, String tableName, List<Element> elements) {}

    @Override
    public CompletableFuture<Answer> call(Call call) {
        Parameters input = new Parameters(call.parameters());
        List<TableElements> byTable = elements(call, input);
        Capacity.Detail detail = Capacity.Detail.of(input);
        return requests(byTable, call, 0, new ArrayList<>(), new HashSet<>())
                .thenCompose(writes -> new BatchedWrites(client, writes).run())
                .thenApply(outcome -> outcome.answer(detail));
    }

    private List<TableElements> elements(Call call, Parameters input) {
        List<TableElements> byTable = new ArrayList<>();
        int count = 0;
        for (Map.Entry<String, JsonNode> table : input.required("RequestItems").properties()) {
            String tableName = tables.allowed(call, Right.WRITE, TableArn.nameOf(table.getKey()));
            List<Element> elements = new ArrayList<>(table.getValue().size());
            for (JsonNode json : table.getValue()) {
                elements.add(new Element(json, change(new Parameters(json))));
            }
            count += elements.size();
            byTable.add(new TableElements(table.getKey(), tableName, elements));
        }
        if (count > MAX_REQUESTS) {
            throw ItemErrors.tooManyItems("BatchWriteItem");
        }
        return byTable;
    }

    private static Change change(Parameters request) {
        JsonNode put = request.node("PutRequest");
        JsonNode delete = request.node("DeleteRequest");
        if ((put == null) == (delete == null)) {
            throw ItemErrors.noWriteRequest();
        }
        if (delete != null) {
            return new Change.Delete(
                    AttributeValues.readMap(new Parameters(delete).required("Key"), ValueWording.OLDER));
        }
        Item item = AttributeValues.readItem(
                new Parameters(request.required("PutRequest")).required("Item"), ValueWording.OLDER);
        if (ItemSize.of(item) > ItemSize.MAX_ITEM_BYTES) {
            throw ItemErrors.itemTooLarge();
        }
        return new Change.Put(item);
    }

    /** Looks at the tables one by one, and at all keys before anything is written. */
    private CompletableFuture<List<BatchedWrites.Write>> requests(
            List<TableElements> byTable, Call call, int index, List<BatchedWrites.Write> writes, Set<ItemKey> keys) {
        if (index == byTable.size()) {
            return CompletableFuture.completedFuture(writes);
        }
        TableElements table = byTable.get(index);
        return tables.with(table.tableName(), route -> {
            writes.addAll(writes(route, table, call, writes.size(), keys));
            return requests(byTable, call, index + 1, writes, keys);
        });
    }

    /**
     * @param before writes of the tables before this one
     * @param keys of those writes, too: a table may be there under its name and its ARN
     */
    private static List<BatchedWrites.Write> writes(
            TableRoute route, TableElements table, Call call, int before, Set<ItemKey> keys) {
        List<BatchedWrites.Write> writes = new ArrayList<>(table.elements().size());
        for (Element element : table.elements()) {
            PrimaryKey key = switch (element.change()) {
                case Change.Put put -> Keys.among(route.keySchema(), put.item().attributes());
                case Change.Delete delete -> Keys.of(route, delete.key());
            };
            if (!keys.add(Keys.encoded(route, key))) {
                throw ItemErrors.duplicateKeys();
            }
            Optional<RequestId> requestId = RequestIds.of(call, before + writes.size());
            WriteRequest request = switch (element.change()) {
                case Change.Put put -> {
                    PutRequest write = PutRequest.of(table.tableName(), put.item());
                    yield requestId.map(write::as).orElse(write);
                }
                case Change.Delete delete -> {
                    DeleteRequest write = DeleteRequest.of(table.tableName(), key);
                    yield requestId.map(write::as).orElse(write);
                }
            };
            writes.add(new BatchedWrites.Write(table.nameOrArn(), request, element.json()));
        }
        return writes;
    }
}
