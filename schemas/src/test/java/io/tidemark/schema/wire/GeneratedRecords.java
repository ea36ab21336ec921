package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.avro.Attribute;
import io.tidemark.schema.avro.AttributeValue;
import io.tidemark.schema.avro.BinarySet;
import io.tidemark.schema.avro.KeyAttribute;
import io.tidemark.schema.avro.KeySchema;
import io.tidemark.schema.avro.ListValue;
import io.tidemark.schema.avro.MapValue;
import io.tidemark.schema.avro.NumberSet;
import io.tidemark.schema.avro.NumberValue;
import io.tidemark.schema.avro.PrimaryKey;
import io.tidemark.schema.avro.StringSet;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Item;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Turns our values into the classes that Avro generates from the schemas, field by field by name. */
final class GeneratedRecords {
    private GeneratedRecords() {}

    static io.tidemark.schema.avro.Item item(Item item) {
        return io.tidemark.schema.avro.Item.newBuilder()
                .setAttributes(attributes(item.attributes()))
                .build();
    }

    static AttributeValue value(io.tidemark.schema.value.AttributeValue value) {
        return AttributeValue.newBuilder().setValue(branch(value)).build();
    }

    private static Object branch(io.tidemark.schema.value.AttributeValue value) {
        return switch (value) {
            case io.tidemark.schema.value.AttributeValue.S text -> text.value();
            case io.tidemark.schema.value.AttributeValue.N number -> number(number.value());
            case io.tidemark.schema.value.AttributeValue.B binary -> buffer(binary.value());
            case io.tidemark.schema.value.AttributeValue.Bool bool -> bool.value();
            case io.tidemark.schema.value.AttributeValue.Null ignored -> null;
            case io.tidemark.schema.value.AttributeValue.L list ->
                ListValue.newBuilder()
                        .setValues(list(list.values(), GeneratedRecords::value))
                        .build();
            case io.tidemark.schema.value.AttributeValue.M map ->
                MapValue.newBuilder().setAttributes(attributes(map.values())).build();
            case io.tidemark.schema.value.AttributeValue.SS set ->
                StringSet.newBuilder().setValues(new ArrayList<>(set.values())).build();
            case io.tidemark.schema.value.AttributeValue.NS set ->
                NumberSet.newBuilder()
                        .setValues(list(set.values(), GeneratedRecords::number))
                        .build();
            case io.tidemark.schema.value.AttributeValue.BS set ->
                BinarySet.newBuilder()
                        .setValues(list(set.values(), GeneratedRecords::buffer))
                        .build();
        };
    }

    private static List<Attribute> attributes(Map<String, io.tidemark.schema.value.AttributeValue> attributes) {
        return list(
                attributes.entrySet(),
                entry -> Attribute.newBuilder()
                        .setName(entry.getKey())
                        .setValue(value(entry.getValue()))
                        .build());
    }

    private static NumberValue number(Decimal number) {
        return NumberValue.newBuilder()
                .setUnscaled(ByteBuffer.wrap(number.value().unscaledValue().toByteArray()))
                .setScale(number.value().scale())
                .build();
    }

    private static ByteBuffer buffer(Bytes bytes) {
        return ByteBuffer.wrap(bytes.array());
    }

    static io.tidemark.schema.avro.Envelope envelope(Envelope envelope) {
        return io.tidemark.schema.avro.Envelope.newBuilder()
                .setSemanticsVersion(envelope.semanticsVersion())
                .setRequestId(new io.tidemark.schema.avro.RequestId(
                        envelope.requestId().toBytes()))
                .setSource(envelope.source().map(GeneratedRecords::source).orElse(null))
                .setCommand(command(envelope.command()))
                .build();
    }

    private static io.tidemark.schema.avro.SourceMark source(SourceMark source) {
        return io.tidemark.schema.avro.SourceMark.newBuilder()
                .setBindingId(source.bindingId())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setPreviousOffset(source.previousOffset())
                .build();
    }

    private static Object command(Command command) {
        return switch (command) {
            case Command.PutItem put ->
                io.tidemark.schema.avro.PutItem.newBuilder()
                        .setTableId(put.tableId().value())
                        .setItem(item(put.item()))
                        .setCondition(condition(put))
                        .setReturnValues(returnValues(put))
                        .setReturnOldOnConditionFailure(put.returnOldOnConditionFailure())
                        .build();
            case Command.DeleteItem delete ->
                io.tidemark.schema.avro.DeleteItem.newBuilder()
                        .setTableId(delete.tableId().value())
                        .setKey(key(delete.key()))
                        .setCondition(condition(delete))
                        .setReturnValues(returnValues(delete))
                        .setReturnOldOnConditionFailure(delete.returnOldOnConditionFailure())
                        .build();
            case Command.UpdateItem update ->
                io.tidemark.schema.avro.UpdateItem.newBuilder()
                        .setTableId(update.tableId().value())
                        .setKey(key(update.key()))
                        .setUpdate(io.tidemark.schema.avro.UpdateExpression.newBuilder()
                                .setActions(list(update.update().actions(), GeneratedExpressions::action))
                                .build())
                        .setCondition(condition(update))
                        .setReturnValues(returnValues(update))
                        .setReturnOldOnConditionFailure(update.returnOldOnConditionFailure())
                        .build();
            case Command.OpenPartition open ->
                io.tidemark.schema.avro.OpenPartition.newBuilder()
                        .setTableId(open.tableId().value())
                        .setKeySchema(KeySchema.newBuilder()
                                .setPartitionKey(keyAttribute(open.keySchema().partitionKey()))
                                .setSortKey(open.keySchema()
                                        .sortKey()
                                        .map(GeneratedRecords::keyAttribute)
                                        .orElse(null))
                                .build())
                        .setRange(io.tidemark.schema.avro.HashRange.newBuilder()
                                .setStart(open.range().start())
                                .setEnd(open.range().end())
                                .build())
                        .build();
            case Command.CloseTable close ->
                io.tidemark.schema.avro.CloseTable.newBuilder()
                        .setTableId(close.tableId().value())
                        .build();
            case Command.PurgeTable purge ->
                io.tidemark.schema.avro.PurgeTable.newBuilder()
                        .setTableId(purge.tableId().value())
                        .setMaxItems(purge.maxItems())
                        .build();
            case Command.Barrier barrier ->
                io.tidemark.schema.avro.Barrier.newBuilder()
                        .setKind(io.tidemark.schema.avro.BarrierKind.valueOf(
                                barrier.kind().name()))
                        .build();
        };
    }

    private static io.tidemark.schema.avro.Condition condition(Command.ItemCommand command) {
        return command.condition().map(GeneratedExpressions::condition).orElse(null);
    }

    private static io.tidemark.schema.avro.ReturnValues returnValues(Command.ItemCommand command) {
        return io.tidemark.schema.avro.ReturnValues.valueOf(
                command.returnValues().name());
    }

    private static KeyAttribute keyAttribute(io.tidemark.schema.key.KeyAttribute attribute) {
        return KeyAttribute.newBuilder()
                .setName(attribute.name())
                .setType(
                        io.tidemark.schema.avro.KeyType.valueOf(attribute.type().name()))
                .build();
    }

    private static PrimaryKey key(io.tidemark.schema.key.PrimaryKey key) {
        return PrimaryKey.newBuilder()
                .setPartition(value(key.partition()))
                .setSort(key.sort().map(GeneratedRecords::value).orElse(null))
                .build();
    }

    static io.tidemark.schema.avro.Outcome outcome(Outcome outcome) {
        return io.tidemark.schema.avro.Outcome.newBuilder()
                .setOutcome(outcomeBranch(outcome))
                .build();
    }

    private static Object outcomeBranch(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Applied applied ->
                io.tidemark.schema.avro.Applied.newBuilder()
                        .setAttributes(
                                applied.attributes().map(GeneratedRecords::item).orElse(null))
                        .setOldSizeBytes(applied.oldSizeBytes())
                        .setNewSizeBytes(applied.newSizeBytes())
                        .build();
            case Outcome.ConditionFailed failed ->
                io.tidemark.schema.avro.ConditionFailed.newBuilder()
                        .setOldItem(failed.oldItem().map(GeneratedRecords::item).orElse(null))
                        .setOldSizeBytes(failed.oldSizeBytes())
                        .build();
            case Outcome.Invalid invalid ->
                io.tidemark.schema.avro.Invalid.newBuilder()
                        .setReason(io.tidemark.schema.avro.InvalidReason.valueOf(
                                invalid.reason().name()))
                        .setDetail(invalid.detail())
                        .build();
            case Outcome.Rejected rejected ->
                io.tidemark.schema.avro.Rejected.newBuilder()
                        .setReason(io.tidemark.schema.avro.RejectReason.valueOf(
                                rejected.reason().name()))
                        .setDetail(rejected.detail())
                        .build();
            case Outcome.AlreadyApplied ignored ->
                io.tidemark.schema.avro.AlreadyApplied.newBuilder().build();
            case Outcome.Acknowledged ignored ->
                io.tidemark.schema.avro.Acknowledged.newBuilder().build();
            case Outcome.Purged purged ->
                io.tidemark.schema.avro.Purged.newBuilder()
                        .setItems(purged.items())
                        .setMore(purged.more())
                        .build();
            case Outcome.BarrierReached ignored ->
                io.tidemark.schema.avro.BarrierReached.newBuilder().build();
        };
    }

    static <T, R> List<R> list(Collection<T> values, Function<T, R> mapping) {
        List<R> list = new ArrayList<>();
        for (T value : values) {
            list.add(mapping.apply(value));
        }
        return list;
    }
}
