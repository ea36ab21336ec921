package io.tidemark.schema.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RandomCommands;
import io.tidemark.schema.Seeded;
import io.tidemark.schema.TableId;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyEncodingTest {
    private static final int CASES = 3_000;
    private static final TableId TABLE = new TableId(1);

    @Test
    void aKeyIsDecodedAsItWasEncoded() {
        Seeded.times(CASES, random -> {
            RandomCommands commands = new RandomCommands(random);
            KeySchema keySchema = commands.keySchema();
            PrimaryKey key = commands.primaryKey(keySchema);
            TableId tableId = commands.tableId();
            ItemKey encoded = KeyEncoding.encode(tableId, keySchema, key);
            assertThat(KeyEncoding.decode(keySchema, encoded)).isEqualTo(key);
            assertThat(encoded.tableId()).isEqualTo(tableId);
            byte[] partition = KeyValueEncoding.encode(key.partition());
            assertThat(encoded.keyHash()).isEqualTo(KeyHash.of(partition));
            assertThat(encoded.bytes().startsWith(KeyEncoding.partitionPrefix(tableId, keySchema, key.partition())))
                    .isTrue();
        });
    }

    @Test
    void byteOrderIsTheOrderOfTheValuesAndNoEncodingIsAPrefixOfAnother() {
        for (KeyType type : KeyType.values()) {
            List<AttributeValue> values = edgeValues(type);
            Seeded.times(60, random -> values.add(new RandomCommands(random).keyValue(type)));
            for (AttributeValue left : values) {
                for (AttributeValue right : values) {
                    assertOrderAndPrefix(left, right);
                }
            }
        }
    }

    @Test
    void everyExponentAndLengthOfANumberIsInOrder() {
        TreeMap<Decimal, Bytes> encoded = new TreeMap<>();
        for (int exponent = Decimal.MIN_EXPONENT; exponent <= Decimal.MAX_EXPONENT; exponent++) {
            for (String digits : List.of("1", "1.0001", "1.1", "9", "9.9", "9.99", "9." + "9".repeat(37))) {
                for (String sign : List.of("", "-")) {
                    Decimal number = Decimal.parse(sign + digits + "E" + exponent);
                    encoded.put(number, Bytes.wrap(KeyValueEncoding.encode(new AttributeValue.N(number))));
                }
            }
        }
        encoded.put(Decimal.ZERO, Bytes.wrap(KeyValueEncoding.encode(new AttributeValue.N(Decimal.ZERO))));
        assertThat(encoded).hasSize(256 * 7 * 2 + 1);
        Bytes last = Bytes.EMPTY;
        for (Bytes bytes : encoded.values()) {
            assertThat(bytes).isGreaterThan(last);
            assertThat(bytes.startsWith(last) && last.length() > 0).isFalse();
            last = bytes;
        }
    }

    @Test
    void damagedKeysAreRefusedOrDecodeToAnotherKey() {
        Seeded.times(CASES, random -> {
            RandomCommands commands = new RandomCommands(random);
            KeySchema keySchema = commands.keySchema();
            byte[] bytes = KeyEncoding.encode(TABLE, keySchema, commands.primaryKey(keySchema))
                    .bytes()
                    .array();
            byte[] damaged = Arrays.copyOf(bytes, random.nextInt(ItemKey.PREFIX_BYTES + 1, bytes.length + 2));
            int position = random.nextInt(ItemKey.PREFIX_BYTES, damaged.length);
            damaged[position] = (byte) random.nextInt(4);
            ItemKey key = new ItemKey(Bytes.wrap(damaged));
            try {
                PrimaryKey decoded = KeyEncoding.decode(keySchema, key);
                byte[] content = Arrays.copyOfRange(damaged, ItemKey.PREFIX_BYTES, damaged.length);
                assertThat(encodeUnchecked(decoded)).isEqualTo(content);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).startsWith("store key holds");
            }
        });
    }

    @Test
    void keysAreTakenFromAnItem() {
        KeySchema keySchema = schema(KeyType.S, KeyType.N);
        Item item = Item.of(Map.of("p", text("a"), "s", AttributeValue.N.of(1), "other", text("")));
        assertThat(KeyEncoding.primaryKeyOf(keySchema, item))
                .isEqualTo(PrimaryKey.of(text("a"), AttributeValue.N.of(1)));
        assertThat(KeyEncoding.primaryKeyOf(KeySchema.of(keySchema.partitionKey()), item))
                .isEqualTo(PrimaryKey.of(text("a")));
    }

    @Test
    void anItemWithoutAnAdmissibleKeyIsRefusedInDynamoDbsWords() {
        KeySchema keySchema = schema(KeyType.S, KeyType.B);
        AttributeValue sort = binary(1);
        assertItemRefused(
                keySchema,
                Map.of("s", sort),
                "One or more parameter values were invalid: Missing the key p in the item");
        assertItemRefused(
                keySchema,
                Map.of("p", text("a")),
                "One or more parameter values were invalid: Missing the key s in the item");
        assertItemRefused(
                keySchema,
                Map.of("p", AttributeValue.N.of(1), "s", sort),
                "One or more parameter values were invalid: Type mismatch for key p expected: S actual: N");
        assertItemRefused(
                keySchema,
                Map.of("p", text("a"), "s", new AttributeValue.Bool(true)),
                "One or more parameter values were invalid: Type mismatch for key s expected: B actual: BOOL");
        assertItemRefused(
                keySchema,
                Map.of("p", text(""), "s", sort),
                "One or more parameter values are not valid. "
                        + "The AttributeValue for a key attribute cannot contain an empty string value. Key: p");
        assertItemRefused(
                keySchema,
                Map.of("p", text("a"), "s", binary(0)),
                "One or more parameter values are not valid. "
                        + "The AttributeValue for a key attribute cannot contain an empty binary value. Key: s");
        assertItemRefused(
                keySchema,
                Map.of("p", text("é".repeat(1_024) + "e"), "s", sort),
                "One or more parameter values were invalid: "
                        + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        assertItemRefused(
                keySchema,
                Map.of("p", text("a"), "s", binary(1_025)),
                "One or more parameter values were invalid: "
                        + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }

    @Test
    void theLargestKeysAreAdmitted() {
        KeySchema keySchema = schema(KeyType.S, KeyType.B);
        PrimaryKey largest = PrimaryKey.of(text("é".repeat(1_024)), binary(1_024));
        ItemKey encoded = KeyEncoding.encode(TABLE, keySchema, largest);
        assertThat(KeyEncoding.decode(keySchema, encoded)).isEqualTo(largest);
    }

    @Test
    void aKeyThatDoesNotFitTheSchemaIsRefused() {
        KeySchema simple = KeySchema.of(new KeyAttribute("p", KeyType.S));
        KeySchema composite = schema(KeyType.S, KeyType.N);
        assertKeyRefused(simple, PrimaryKey.of(text("a"), text("b")), "does not match the schema");
        assertKeyRefused(composite, PrimaryKey.of(text("a")), "does not match the schema");
        assertKeyRefused(simple, PrimaryKey.of(AttributeValue.N.of(1)), "does not match the schema");
        assertKeyRefused(composite, PrimaryKey.of(text("a"), text("b")), "does not match the schema");
        assertKeyRefused(simple, PrimaryKey.of(text("")), "empty string value. Key: p");
        assertKeyRefused(simple, PrimaryKey.of(text("a".repeat(2_049))), "limit of2048 bytes");
    }

    @Test
    void hashRangesPartTheTable() {
        Seeded.times(CASES, random -> {
            RandomCommands commands = new RandomCommands(random);
            KeySchema keySchema = commands.keySchema();
            ItemKey key = KeyEncoding.encode(TABLE, keySchema, commands.primaryKey(keySchema));
            long split = random.nextLong(1, HashRange.HASH_COUNT);
            HashRange low = new HashRange(0, split);
            HashRange high = new HashRange(split, HashRange.HASH_COUNT);
            assertThat(KeyEncoding.hashRange(TABLE, low).contains(key.bytes())).isEqualTo(low.contains(key.keyHash()));
            assertThat(KeyEncoding.hashRange(TABLE, high).contains(key.bytes()))
                    .isEqualTo(high.contains(key.keyHash()));
            assertThat(KeyEncoding.tableRange(TABLE).contains(key.bytes())).isTrue();
        });
    }

    @Test
    void theTableWithTheGreatestIdHasARange() {
        TableId greatest = new TableId(Integer.MAX_VALUE);
        KeySchema keySchema = KeySchema.of(new KeyAttribute("p", KeyType.S));
        ItemKey key = KeyEncoding.encode(greatest, keySchema, PrimaryKey.of(text("a")));
        assertThat(KeyEncoding.tableRange(greatest).contains(key.bytes())).isTrue();
        assertThat(KeyEncoding.hashRange(greatest, HashRange.ALL).contains(key.bytes()))
                .isTrue();
        assertThat(KeyEncoding.tableRange(new TableId(Integer.MAX_VALUE - 1)).contains(key.bytes()))
                .isFalse();
    }

    static List<AttributeValue> edgeValues(KeyType type) {
        List<AttributeValue> values = new ArrayList<>();
        switch (type) {
            case S ->
                List.of(
                                "\0",
                                "\0\0",
                                "\0\1",
                                "\1",
                                "a",
                                "a\0",
                                "a\0\0",
                                "a\0\1",
                                "a\1",
                                "ab",
                                "a\u007F",
                                "a\u0080",
                                "a\uFFFF",
                                "a\uD83D\uDE00",
                                "a\uE000",
                                "\uDBFF\uDFFF",
                                "b")
                        .forEach(text -> values.add(text(text)));
            case B -> {
                int[] edges = {0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF};
                for (int first : edges) {
                    values.add(new AttributeValue.B(Bytes.wrap(new byte[] {(byte) first})));
                    for (int second : edges) {
                        values.add(new AttributeValue.B(Bytes.wrap(new byte[] {(byte) first, (byte) second})));
                        values.add(new AttributeValue.B(
                                Bytes.wrap(new byte[] {(byte) first, (byte) second, (byte) first})));
                    }
                }
            }
            case N ->
                List.of(
                                "0",
                                "1",
                                "-1",
                                "10",
                                "-10",
                                "11",
                                "1.01",
                                "1.001",
                                "-1.001",
                                "99",
                                "100",
                                "101",
                                "0.1",
                                "-0.1",
                                "1E125",
                                "-1E125",
                                "1E-130",
                                "-1E-130",
                                "9".repeat(38),
                                "0.99",
                                "2")
                        .forEach(number -> values.add(AttributeValue.N.of(number)));
        }
        return values;
    }

    static int compare(AttributeValue left, AttributeValue right) {
        return switch (left) {
            case AttributeValue.S text -> Utf8Order.INSTANCE.compare(text.value(), ((AttributeValue.S) right).value());
            case AttributeValue.N number -> number.value().compareTo(((AttributeValue.N) right).value());
            case AttributeValue.B binary -> binary.value().compareTo(((AttributeValue.B) right).value());
            default -> throw new IllegalArgumentException("no key value: " + left);
        };
    }

    private static void assertOrderAndPrefix(AttributeValue left, AttributeValue right) {
        Bytes leftBytes = Bytes.wrap(KeyValueEncoding.encode(left));
        Bytes rightBytes = Bytes.wrap(KeyValueEncoding.encode(right));
        int expected = Integer.signum(compare(left, right));
        if (Integer.signum(leftBytes.compareTo(rightBytes)) != expected
                || leftBytes.startsWith(rightBytes) != (expected == 0)) {
            throw new AssertionError(left + " is " + leftBytes + ", " + right + " is " + rightBytes);
        }
    }

    private static byte[] encodeUnchecked(PrimaryKey key) {
        byte[] partition = KeyValueEncoding.encode(key.partition());
        byte[] sort = key.sort().map(KeyValueEncoding::encode).orElse(new byte[0]);
        byte[] joined = Arrays.copyOf(partition, partition.length + sort.length);
        System.arraycopy(sort, 0, joined, partition.length, sort.length);
        return joined;
    }

    private static void assertItemRefused(KeySchema keySchema, Map<String, AttributeValue> attributes, String message) {
        assertThatThrownBy(() -> KeyEncoding.primaryKeyOf(keySchema, Item.of(attributes)))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage(message);
    }

    private static void assertKeyRefused(KeySchema keySchema, PrimaryKey key, String message) {
        assertThatThrownBy(() -> KeyEncoding.encode(TABLE, keySchema, key))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining(message);
    }

    private static KeySchema schema(KeyType partition, KeyType sort) {
        return KeySchema.of(new KeyAttribute("p", partition), new KeyAttribute("s", sort));
    }

    private static AttributeValue text(String text) {
        return new AttributeValue.S(text);
    }

    private static AttributeValue binary(int length) {
        return new AttributeValue.B(Bytes.wrap(new byte[length]));
    }
}
