package io.tidemark.schema;

import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.Command;
import io.tidemark.schema.command.Envelope;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.Outcome;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.command.SourceMark;
import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.expression.Condition;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.expression.Operand;
import io.tidemark.schema.expression.UpdateAction;
import io.tidemark.schema.expression.UpdateExpression;
import io.tidemark.schema.expression.UpdateValue;
import io.tidemark.schema.key.HashRange;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Random envelopes and outcomes of every kind. */
public final class RandomCommands {
    private static final int MAX_DEPTH = 4;

    private final RandomGenerator random;
    private final RandomValues values;

    public RandomCommands(RandomGenerator random) {
        this.random = random;
        this.values = new RandomValues(random);
    }

    public RandomValues values() {
        return values;
    }

    public KeySchema keySchema() {
        KeyAttribute partitionKey = new KeyAttribute("p" + values.string(), oneOf(KeyType.values()));
        return random.nextBoolean()
                ? KeySchema.of(partitionKey)
                : KeySchema.of(partitionKey, new KeyAttribute("s" + values.string(), oneOf(KeyType.values())));
    }

    public PrimaryKey primaryKey(KeySchema keySchema) {
        return new PrimaryKey(
                keyValue(keySchema.partitionKey().type()),
                keySchema.sortKey().map(attribute -> keyValue(attribute.type())));
    }

    public KeyType keyType() {
        return oneOf(KeyType.values());
    }

    public AttributeValue keyValue(KeyType type) {
        return switch (type) {
            case S -> new AttributeValue.S(values.nonEmptyString());
            case N -> new AttributeValue.N(values.decimal());
            case B -> new AttributeValue.B(nonEmptyBytes());
        };
    }

    private Bytes nonEmptyBytes() {
        Bytes bytes = values.bytes();
        return bytes.length() == 0 ? Bytes.wrap(new byte[] {0}) : bytes;
    }

    public Envelope itemEnvelope(KeySchema keySchema) {
        return new Envelope(
                Semantics.CURRENT_VERSION, RequestId.random(random), optional(this::source), itemCommand(keySchema));
    }

    public Envelope controlEnvelope() {
        return Envelope.of(RequestId.random(random), controlCommand());
    }

    private SourceMark source() {
        long previous = random.nextInt(5) == 0 ? SourceMark.NONE : random.nextLong(1L << 40);
        return new SourceMark(
                1 + random.nextInt(Integer.MAX_VALUE),
                random.nextInt(Integer.MAX_VALUE),
                previous + 1 + random.nextInt(100),
                previous);
    }

    private Command itemCommand(KeySchema keySchema) {
        PrimaryKey key = primaryKey(keySchema);
        return switch (random.nextInt(3)) {
            case 0 ->
                new Command.PutItem(
                        tableId(), item(keySchema, key), optional(this::condition), noneOrOld(), random.nextBoolean());
            case 1 ->
                new Command.DeleteItem(tableId(), key, optional(this::condition), noneOrOld(), random.nextBoolean());
            default ->
                new Command.UpdateItem(
                        tableId(),
                        key,
                        new UpdateExpression(list(0, 4, this::action)),
                        optional(this::condition),
                        oneOf(ReturnValues.values()),
                        random.nextBoolean());
        };
    }

    private Item item(KeySchema keySchema, PrimaryKey key) {
        TreeMap<String, AttributeValue> attributes = new TreeMap<>(values.item().attributes());
        attributes.put(keySchema.partitionKey().name(), key.partition());
        keySchema
                .sortKey()
                .ifPresent(
                        attribute -> attributes.put(attribute.name(), key.sort().orElseThrow()));
        return Item.of(attributes);
    }

    private Command controlCommand() {
        return switch (random.nextInt(4)) {
            case 0 -> {
                long start = random.nextLong(HashRange.HASH_COUNT);
                long end = random.nextBoolean() ? HashRange.HASH_COUNT : start + 1;
                yield new Command.OpenPartition(tableId(), keySchema(), new HashRange(start, end));
            }
            case 1 -> new Command.CloseTable(tableId());
            case 2 -> new Command.PurgeTable(tableId(), random.nextInt(1, Command.PurgeTable.MAX_ITEMS + 1));
            default -> new Command.Barrier(oneOf(BarrierKind.values()));
        };
    }

    public TableId tableId() {
        return new TableId(random.nextBoolean() ? 1 + random.nextInt(100) : 1 + random.nextInt(Integer.MAX_VALUE));
    }

    private ReturnValues noneOrOld() {
        return random.nextBoolean() ? ReturnValues.NONE : ReturnValues.ALL_OLD;
    }

    public Condition condition() {
        return condition(MAX_DEPTH);
    }

    private Condition condition(int depth) {
        return switch (random.nextInt(depth > 0 ? 11 : 8)) {
            case 0 -> new Condition.Compare(oneOf(Comparator.values()), operand(), operand());
            case 1 -> new Condition.Between(operand(), operand(), operand());
            case 2 -> new Condition.In(operand(), list(1, 4, this::operand));
            case 3 -> new Condition.AttributeExists(path());
            case 4 -> new Condition.AttributeNotExists(path());
            case 5 -> new Condition.HasType(path(), oneOf(AttributeType.values()));
            case 6 -> new Condition.BeginsWith(operand(), operand());
            case 7 -> new Condition.Contains(operand(), operand());
            case 8 -> new Condition.And(list(1, 4, () -> condition(depth - 1)));
            case 9 -> new Condition.Or(list(1, 4, () -> condition(depth - 1)));
            default -> new Condition.Not(condition(depth - 1));
        };
    }

    private Operand operand() {
        return switch (random.nextInt(3)) {
            case 0 -> new Operand.Path(path());
            case 1 -> new Operand.Literal(values.value(2));
            default -> new Operand.Size(path());
        };
    }

    private DocumentPath path() {
        List<DocumentPath.Element> elements = new ArrayList<>();
        elements.add(new DocumentPath.Attribute(values.nonEmptyString()));
        for (int i = random.nextInt(3); i > 0; i--) {
            elements.add(
                    random.nextBoolean()
                            ? new DocumentPath.Attribute(values.nonEmptyString())
                            : new DocumentPath.Index(random.nextInt(1000)));
        }
        return new DocumentPath(elements);
    }

    private UpdateAction action() {
        return switch (random.nextInt(4)) {
            case 0 -> new UpdateAction.Set(path(), updateValue(MAX_DEPTH));
            case 1 -> new UpdateAction.Remove(path());
            case 2 -> new UpdateAction.Add(path(), values.value(1));
            default -> new UpdateAction.Delete(path(), values.value(1));
        };
    }

    private UpdateValue updateValue(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 2)) {
            case 0 -> new UpdateValue.Path(path());
            case 1 -> new UpdateValue.Literal(values.value(2));
            case 2 -> new UpdateValue.IfNotExists(path(), updateValue(depth - 1));
            case 3 -> new UpdateValue.ListAppend(updateValue(depth - 1), updateValue(depth - 1));
            case 4 -> new UpdateValue.Plus(updateValue(depth - 1), updateValue(depth - 1));
            default -> new UpdateValue.Minus(updateValue(depth - 1), updateValue(depth - 1));
        };
    }

    public Outcome outcome() {
        return switch (random.nextInt(8)) {
            case 0 -> new Outcome.Applied(optional(values::item), random.nextInt(500_000), random.nextInt(500_000));
            case 1 -> new Outcome.ConditionFailed(optional(values::item), random.nextInt(500_000));
            case 2 -> new Outcome.Invalid(oneOf(InvalidReason.values()), values.string());
            case 3 -> new Outcome.Rejected(oneOf(RejectReason.values()), values.string());
            case 4 -> new Outcome.AlreadyApplied();
            case 5 -> new Outcome.Acknowledged();
            case 6 -> new Outcome.Purged(random.nextInt(1001), random.nextBoolean());
            default -> new Outcome.BarrierReached();
        };
    }

    private <T> Optional<T> optional(Supplier<T> supplier) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(supplier.get());
    }

    private <T> List<T> list(int minimum, int maximum, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(minimum, maximum + 1); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    @SafeVarargs
    private <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
