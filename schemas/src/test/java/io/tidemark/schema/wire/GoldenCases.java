package io.tidemark.schema.wire;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RequestId;
import io.tidemark.schema.TableId;
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
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The values whose encodings are kept in {@code golden/v1}. They never change; new ones may be added. */
final class GoldenCases {
    static final KeySchema TEXT_KEY = KeySchema.of(new KeyAttribute("p", KeyType.S));
    static final KeySchema TEXT_AND_NUMBER =
            KeySchema.of(new KeyAttribute("p", KeyType.S), new KeyAttribute("s", KeyType.N));
    static final KeySchema NUMBER_AND_BINARY =
            KeySchema.of(new KeyAttribute("p", KeyType.N), new KeyAttribute("s", KeyType.B));

    private static final TableId TABLE = new TableId(7);
    private static final RequestId REQUEST = new RequestId(0x0102030405060708L, 0x090A0B0C0D0E0F10L);
    private static final PrimaryKey KEY = PrimaryKey.of(text("key"));

    private GoldenCases() {}

    static Map<String, Item> items() {
        Map<String, Item> items = new LinkedHashMap<>();
        items.put("empty", Item.EMPTY);
        items.put("text", item("p", text("key"), "v", text("aé€😀")));
        items.put("numbers", item("n", number("0"), "m", number("-12.5"), "x", number("9".repeat(38) + "E88")));
        items.put("smallest-number", item("n", number("-1.5E-130")));
        items.put("binary", item("b", binary(0, 127, 128, 255)));
        items.put("booleans", item("t", new AttributeValue.Bool(true), "f", new AttributeValue.Bool(false)));
        items.put("null", item("n", new AttributeValue.Null()));
        items.put(
                "list",
                item("l", new AttributeValue.L(List.of(text(""), number("1"), new AttributeValue.L(List.of())))));
        items.put(
                "map",
                item("m", AttributeValue.M.of(Map.of("inner", AttributeValue.M.of(Map.of()), "a", number("2")))));
        TreeSet<String> texts = new TreeSet<>(Utf8Order.INSTANCE);
        texts.addAll(List.of("\uE000", "😀", "a", ""));
        items.put("text-set", item("s", new AttributeValue.SS(texts)));
        items.put(
                "number-set",
                item(
                        "s",
                        new AttributeValue.NS(new TreeSet<>(List.of(Decimal.of(10), Decimal.of(-3), Decimal.of(2))))));
        items.put(
                "binary-set",
                item(
                        "s",
                        new AttributeValue.BS(new TreeSet<>(List.of(
                                Bytes.EMPTY, binary(255).value(), binary(1, 2).value())))));
        items.put("names-by-utf8", item("😀", text("1"), "\uE000", text("2"), "Z", text("3")));
        return items;
    }

    static Map<String, Envelope> itemEnvelopes() {
        Map<String, Envelope> envelopes = new LinkedHashMap<>();
        Item item = item("p", text("key"), "v", number("42"));
        envelopes.put("put", envelope(Command.PutItem.of(TABLE, item)));
        envelopes.put(
                "put-if-absent",
                envelope(new Command.PutItem(
                        TABLE,
                        item,
                        Optional.of(new Condition.AttributeNotExists(DocumentPath.of("p"))),
                        ReturnValues.ALL_OLD,
                        true)));
        envelopes.put(
                "put-from-source",
                new Envelope(
                        1,
                        REQUEST,
                        Optional.of(new SourceMark(3, 2, 1_000_000_000_000L, SourceMark.NONE)),
                        Command.PutItem.of(TABLE, item)));
        envelopes.put("delete", envelope(Command.DeleteItem.of(TABLE, KEY)));
        for (Map.Entry<String, Condition> condition : conditions().entrySet()) {
            envelopes.put(
                    "delete-if-" + condition.getKey(),
                    envelope(new Command.DeleteItem(
                            TABLE, KEY, Optional.of(condition.getValue()), ReturnValues.NONE, false)));
        }
        envelopes.put("update-nothing", envelope(Command.UpdateItem.of(TABLE, KEY, UpdateExpression.NOTHING)));
        envelopes.put(
                "update",
                envelope(new Command.UpdateItem(
                        TABLE, KEY, update(), Optional.empty(), ReturnValues.UPDATED_NEW, false)));
        return envelopes;
    }

    private static Map<String, Condition> conditions() {
        Operand value = Operand.path("v");
        DocumentPath nested = new DocumentPath(
                List.of(new DocumentPath.Attribute("m"), new DocumentPath.Index(2), new DocumentPath.Attribute("x")));
        Map<String, Condition> conditions = new LinkedHashMap<>();
        for (Comparator comparator : Comparator.values()) {
            conditions.put(comparator.name(), new Condition.Compare(comparator, value, Operand.literal(number("1"))));
        }
        conditions.put("between", new Condition.Between(value, Operand.literal(number("1")), new Operand.Size(nested)));
        conditions.put("in", new Condition.In(value, List.of(Operand.literal(text("a")), new Operand.Path(nested))));
        conditions.put("exists", new Condition.AttributeExists(nested));
        conditions.put("type", new Condition.HasType(nested, AttributeType.BS));
        conditions.put("begins-with", new Condition.BeginsWith(value, Operand.literal(text("pre"))));
        conditions.put("contains", new Condition.Contains(value, Operand.literal(binary(1))));
        Condition exists = new Condition.AttributeExists(DocumentPath.of("a"));
        conditions.put("and", new Condition.And(List.of(exists, new Condition.Not(exists))));
        conditions.put("or", new Condition.Or(List.of(exists, exists)));
        return conditions;
    }

    private static UpdateExpression update() {
        DocumentPath path = DocumentPath.of("v");
        UpdateValue self = new UpdateValue.Path(path);
        UpdateValue one = new UpdateValue.Literal(number("1"));
        return UpdateExpression.of(
                new UpdateAction.Set(path, new UpdateValue.Plus(new UpdateValue.IfNotExists(path, one), one)),
                new UpdateAction.Set(DocumentPath.of("w"), new UpdateValue.Minus(self, one)),
                new UpdateAction.Set(
                        DocumentPath.of("l"),
                        new UpdateValue.ListAppend(
                                self, new UpdateValue.Literal(new AttributeValue.L(List.of(text("x")))))),
                new UpdateAction.Remove(DocumentPath.of("r")),
                new UpdateAction.Add(DocumentPath.of("a"), number("5")),
                new UpdateAction.Delete(DocumentPath.of("d"), new AttributeValue.SS(new TreeSet<>(List.of("x")))));
    }

    static Map<String, Envelope> controlEnvelopes() {
        Map<String, Envelope> envelopes = new LinkedHashMap<>();
        envelopes.put("open-partition", envelope(new Command.OpenPartition(TABLE, TEXT_AND_NUMBER, HashRange.ALL)));
        envelopes.put(
                "open-simple-partition",
                envelope(new Command.OpenPartition(TABLE, TEXT_KEY, new HashRange(1L << 30, 1L << 31))));
        envelopes.put("close-table", envelope(new Command.CloseTable(new TableId(Integer.MAX_VALUE))));
        envelopes.put("purge-table", envelope(new Command.PurgeTable(TABLE, Command.PurgeTable.MAX_ITEMS)));
        for (BarrierKind kind : BarrierKind.values()) {
            envelopes.put("barrier-" + kind, envelope(new Command.Barrier(kind)));
        }
        return envelopes;
    }

    static Map<String, Outcome> outcomes() {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        Item item = item("p", text("key"));
        outcomes.put("applied", new Outcome.Applied(Optional.empty(), 0, 409_600));
        outcomes.put("applied-with-item", new Outcome.Applied(Optional.of(item), 4, 0));
        outcomes.put("condition-failed", new Outcome.ConditionFailed(Optional.empty(), 0));
        outcomes.put("condition-failed-with-item", new Outcome.ConditionFailed(Optional.of(item), 4));
        for (InvalidReason reason : InvalidReason.values()) {
            outcomes.put("invalid-" + reason, new Outcome.Invalid(reason, "détail"));
        }
        for (RejectReason reason : RejectReason.values()) {
            outcomes.put("rejected-" + reason, new Outcome.Rejected(reason, ""));
        }
        outcomes.put("already-applied", new Outcome.AlreadyApplied());
        outcomes.put("acknowledged", new Outcome.Acknowledged());
        outcomes.put("purged", new Outcome.Purged(1_000, true));
        outcomes.put("barrier-reached", new Outcome.BarrierReached());
        return outcomes;
    }

    /** A key and the schema that it belongs to. */
    record SchemaAndKey(KeySchema keySchema, PrimaryKey key) {}

    static Map<String, SchemaAndKey> keys() {
        Map<String, SchemaAndKey> keys = new LinkedHashMap<>();
        keys.put("text", new SchemaAndKey(TEXT_KEY, KEY));
        keys.put("text-with-zeros", new SchemaAndKey(TEXT_KEY, PrimaryKey.of(text("a\0\1\0😀"))));
        for (String number : List.of("0", "1", "-1", "10", "123.45", "-123.45", "1E125", "-1E125", "1E-130")) {
            keys.put(
                    "text-and-" + number,
                    new SchemaAndKey(TEXT_AND_NUMBER, PrimaryKey.of(text("key"), number(number))));
        }
        keys.put(
                "text-and-38-digits",
                new SchemaAndKey(
                        TEXT_AND_NUMBER,
                        PrimaryKey.of(text("key"), number("-" + "1234567890".repeat(3) + "12345678"))));
        keys.put(
                "number-and-binary",
                new SchemaAndKey(NUMBER_AND_BINARY, PrimaryKey.of(number("77"), binary(0, 0, 1, 255, 254))));
        return keys;
    }

    private static Envelope envelope(Command command) {
        return new Envelope(1, REQUEST, Optional.empty(), command);
    }

    /** @param attributes name, value, name, value … */
    private static Item item(Object... attributes) {
        Map<String, AttributeValue> map = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put((String) attributes[i], (AttributeValue) attributes[i + 1]);
        }
        return Item.of(map);
    }

    private static AttributeValue.S text(String text) {
        return new AttributeValue.S(text);
    }

    private static AttributeValue.N number(String number) {
        return AttributeValue.N.of(number);
    }

    private static AttributeValue.B binary(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return new AttributeValue.B(Bytes.wrap(array));
    }
}
