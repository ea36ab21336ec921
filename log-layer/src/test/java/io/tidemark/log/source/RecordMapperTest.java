package io.tidemark.log.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.SourceFormat;
import io.tidemark.schema.catalog.SourceKey;
import io.tidemark.schema.command.Command.DeleteItem;
import io.tidemark.schema.command.Command.ItemCommand;
import io.tidemark.schema.command.Command.PutItem;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordMapperTest {
    private static final TableId TABLE = new TableId(3);
    private static final KeySchema TEXT_KEY = KeySchema.of(new KeyAttribute("id", KeyType.S));
    private static final KeySchema NUMBER_KEY = KeySchema.of(new KeyAttribute("id", KeyType.N));
    private static final KeySchema BINARY_KEY = KeySchema.of(new KeyAttribute("id", KeyType.B));
    private static final KeySchema TWO_KEYS =
            KeySchema.of(new KeyAttribute("id", KeyType.S), new KeyAttribute("at", KeyType.N));

    @Test
    void everyJsonTypeBecomesItsAttributeType() throws Exception {
        ItemCommand put = json(TEXT_KEY, SourceKey.RECORD_KEY).map(record("k", """
                        {"s": "x", "i": -12, "d": 0.10, "e": 12345678901234567890123456789012345678,
                         "t": true, "f": false, "n": null, "m": {"a": {"b": 1}}, "l": ["x", [2], {}]}
                        """));
        assertThat(put)
                .isEqualTo(PutItem.of(
                        TABLE,
                        Item.of(Map.of(
                                "id", text("k"),
                                "s", text("x"),
                                "i", AttributeValue.N.of(-12),
                                "d", AttributeValue.N.of("0.1"),
                                "e", AttributeValue.N.of("12345678901234567890123456789012345678"),
                                "t", new AttributeValue.Bool(true),
                                "f", new AttributeValue.Bool(false),
                                "n", new AttributeValue.Null(),
                                "m",
                                        AttributeValue.M.of(
                                                Map.of("a", AttributeValue.M.of(Map.of("b", AttributeValue.N.of(1))))),
                                "l",
                                        new AttributeValue.L(List.of(
                                                text("x"),
                                                new AttributeValue.L(List.of(AttributeValue.N.of(2))),
                                                AttributeValue.M.of(Map.of())))))));
    }

    @Test
    void theRecordKeyIsReadAsTheTypeOfThePartitionKey() throws Exception {
        assertThat(json(TEXT_KEY, SourceKey.RECORD_KEY).map(record("7", "{}"))).isEqualTo(put("id", text("7")));
        assertThat(json(NUMBER_KEY, SourceKey.RECORD_KEY).map(record("7.0", "{}")))
                .isEqualTo(put("id", AttributeValue.N.of(7)));
        assertThat(json(BINARY_KEY, SourceKey.RECORD_KEY).map(record("7", "{}")))
                .isEqualTo(put("id", new AttributeValue.B(bytes("7"))));
    }

    @Test
    void aRecordKeyMayBeAnObjectOfAllKeyAttributes() throws Exception {
        RecordMapper mapper = json(TWO_KEYS, SourceKey.RECORD_KEY);
        assertThat(mapper.map(record("{\"id\": \"a\", \"at\": 5}", "{\"v\": 1}")))
                .isEqualTo(PutItem.of(
                        TABLE,
                        Item.of(Map.of("id", text("a"), "at", AttributeValue.N.of(5), "v", AttributeValue.N.of(1)))));
        assertThat(mapper.map(record("{\"id\": \"a\", \"at\": 5}", null)))
                .isEqualTo(DeleteItem.of(TABLE, PrimaryKey.of(text("a"), AttributeValue.N.of(5))));
    }

    @Test
    void aTextKeyThatLooksLikeAnotherObjectIsText() throws Exception {
        RecordMapper mapper = json(TEXT_KEY, SourceKey.RECORD_KEY);
        for (String key : List.of("{", "{\"other\": 1}", "{\"id\": 1, \"more\": 2}")) {
            assertThat(mapper.map(record(key, "{}"))).isEqualTo(put("id", text(key)));
        }
    }

    @Test
    void theSortKeyIsAFieldOfTheValue() throws Exception {
        assertThat(json(TWO_KEYS, SourceKey.RECORD_KEY).map(record("a", "{\"at\": 9}")))
                .isEqualTo(PutItem.of(TABLE, Item.of(Map.of("id", text("a"), "at", AttributeValue.N.of(9)))));
    }

    @Test
    void fieldsBecomeKeyAttributesUnderTheirNewNames() throws Exception {
        SourceKey key = new SourceKey.Fields("user", Optional.of("time"));
        assertThat(json(TWO_KEYS, key).map(record(null, "{\"user\": \"u\", \"time\": 3, \"x\": true}")))
                .isEqualTo(PutItem.of(
                        TABLE,
                        Item.of(Map.of(
                                "id", text("u"), "at", AttributeValue.N.of(3), "x", new AttributeValue.Bool(true)))));
    }

    @Test
    void aNullValueDeletesTheItemOfTheKey() throws Exception {
        assertThat(json(TEXT_KEY, SourceKey.RECORD_KEY).map(record("gone", null)))
                .isEqualTo(DeleteItem.of(TABLE, PrimaryKey.of(text("gone"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "not JSON at all | is not JSON",
                "[1] | is not a JSON object",
                "{\"a\": 1} {} | goes on after",
                "{\"a\": 1, \"a\": 2} | Duplicate field 'a'",
                "{\"a\": 1e126} | Number overflow",
                "{\"a\": 1234567890123456789012345678901234567890} | more than 38 significant digits",
                "{\"a\": NaN} | is not JSON",
                "{\"a\": \"\\ud800\"} | surrogate",
                "{\"\": 1} | name",
                "{\"id\": \"other\"} | differs from the key attribute",
            })
    void aValueThatIsNoItemIsRefused(String value, String reason) {
        assertRefused(json(TEXT_KEY, SourceKey.RECORD_KEY), record("k", value), reason);
    }

    @Test
    void nestingAsDeepAsDynamoDbAdmitsIsReadAndDeeperIsRefused() throws Exception {
        RecordMapper mapper = json(TEXT_KEY, SourceKey.RECORD_KEY);
        int levels = AttributeValue.MAX_NESTING;
        mapper.map(record("k", "{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}"));
        assertRefused(mapper, record("k", "{\"a\":" + "[".repeat(levels + 1) + "]".repeat(levels + 1) + "}"), "depth");
        assertRefused(mapper, record("k", "{\"a\":" + "[".repeat(1_000_000)), "depth");
    }

    @Test
    void keysThatAreMissingOrOfTheWrongTypeAreRefused() {
        assertRefused(json(TEXT_KEY, SourceKey.RECORD_KEY), record(null, "{}"), "the record has no key");
        assertRefused(json(TEXT_KEY, SourceKey.RECORD_KEY), record(null, null), "the record has no key");
        assertRefused(json(NUMBER_KEY, SourceKey.RECORD_KEY), record("seven", "{}"), "cannot be converted");
        assertRefused(json(TWO_KEYS, SourceKey.RECORD_KEY), record("a", null), "does not hold the sort key at");
        SourceKey user = new SourceKey.Fields("user", Optional.empty());
        assertRefused(json(TEXT_KEY, user), record("k", "{\"name\": \"x\"}"), "has no field user");
        assertRefused(json(TEXT_KEY, user), record("k", null), "no fields for the key");
        SourceRecord notUtf8 = new SourceRecord(
                "t", 0, 0, Optional.of(Bytes.wrap(new byte[] {(byte) 0xFF})), Optional.of(bytes("{}")));
        assertRefused(json(TEXT_KEY, SourceKey.RECORD_KEY), notUtf8, "not UTF-8");
    }

    @Test
    void anItemOverTheSizeLimitIsRefused() {
        assertRefused(
                json(TEXT_KEY, SourceKey.RECORD_KEY),
                record("k", "{\"a\": \"" + "x".repeat(410_000) + "\"}"),
                "more than 409600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"type\": \"string\"}", "\"nothing\""})
    void aSchemaThatIsNoRecordsIsAMistakeInTheBinding(String schema) {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(
                        () -> new RecordMapper(TABLE, TEXT_KEY, new SourceFormat.Avro(schema), SourceKey.RECORD_KEY))
                .extracting(SourceException::kind)
                .isEqualTo(SourceException.Kind.FIX);
    }

    @Test
    void keyFieldsThatDoNotFitTheTableAreAMistakeInTheBinding() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> json(TWO_KEYS, new SourceKey.Fields("user", Optional.empty())))
                .withMessageContaining("no field for the sort key, but table 3 has one");
    }

    private static void assertRefused(RecordMapper mapper, SourceRecord record, String reason) {
        assertThatExceptionOfType(InvalidSourceRecordException.class)
                .isThrownBy(() -> mapper.map(record))
                .withMessageContaining(reason);
    }

    private static RecordMapper json(KeySchema keySchema, SourceKey key) {
        return new RecordMapper(TABLE, keySchema, SourceFormat.JSON, key);
    }

    private static PutItem put(String name, AttributeValue value) {
        return PutItem.of(TABLE, Item.of(Map.of(name, value)));
    }

    private static SourceRecord record(String key, String value) {
        return new SourceRecord(
                "topic",
                0,
                0,
                Optional.ofNullable(key).map(RecordMapperTest::bytes),
                Optional.ofNullable(value).map(RecordMapperTest::bytes));
    }

    private static AttributeValue text(String value) {
        return new AttributeValue.S(value);
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
