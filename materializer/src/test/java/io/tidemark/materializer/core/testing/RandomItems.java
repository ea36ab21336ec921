package io.tidemark.materializer.core.testing;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.key.KeyAttribute;
import io.tidemark.schema.key.KeySchema;
import io.tidemark.schema.key.KeyType;
import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Random keys, values and items from a small vocabulary, so that they meet often. */
final class RandomItems {
    static final List<String> NAMES = List.of("a", "b", "c", "d", "é", "list", "map", "set", "𝔘");
    private static final List<String> TEXTS = List.of("", "a", "ab", "abc", "ü", "漢字", "𝔘", "z");
    private static final List<String> NUMBERS = List.of(
            "0", "1", "-1", "2", "3.5", "1E+125", "-1E+125", "1E-130", "99999999999999999999999999999999999999");
    private static final int MAX_NESTING = 3;

    private final RandomGenerator random;

    RandomItems(RandomGenerator random) {
        this.random = random;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String name() {
        return pick(NAMES);
    }

    /** @param keys how many different partition keys there are */
    PrimaryKey key(KeySchema schema, int keys) {
        AttributeValue partition = keyValue(schema.partitionKey().type(), random.nextInt(keys));
        Optional<AttributeValue> sort =
                schema.sortKey().map(attribute -> keyValue(attribute.type(), random.nextInt(4)));
        return new PrimaryKey(partition, sort);
    }

    private static AttributeValue keyValue(KeyType type, int number) {
        return switch (type) {
            case S -> new AttributeValue.S("k" + number);
            case N -> AttributeValue.N.of(number - 2L);
            case B -> new AttributeValue.B(Bytes.wrap(new byte[] {(byte) number, 0, (byte) -number}));
        };
    }

    Item item(KeySchema schema, PrimaryKey key) {
        TreeMap<String, AttributeValue> attributes = new TreeMap<>(Utf8Order.INSTANCE);
        for (int i = random.nextInt(6); i > 0; i--) {
            attributes.put(name(), value());
        }
        attributes.put(schema.partitionKey().name(), key.partition());
        if (schema.sortKey().isPresent() && key.sort().isPresent()) {
            attributes.put(schema.sortKey().get().name(), key.sort().get());
        }
        return new Item(attributes);
    }

    /** Without one of its key attributes, or with one of another type. */
    Item itemWithInvalidKey(KeySchema schema, PrimaryKey key) {
        TreeMap<String, AttributeValue> attributes = new TreeMap<>(Utf8Order.INSTANCE);
        attributes.putAll(item(schema, key).attributes());
        attributes.put("x", AttributeValue.N.of(1));
        KeyAttribute attribute = schema.sortKey().orElse(schema.partitionKey());
        if (random.nextBoolean()) {
            attributes.remove(attribute.name());
        } else {
            attributes.put(attribute.name(), new AttributeValue.Bool(true));
        }
        return new Item(attributes);
    }

    AttributeValue value() {
        return value(MAX_NESTING);
    }

    AttributeValue number() {
        return random.nextInt(8) == 0 ? AttributeValue.N.of(pick(NUMBERS)) : AttributeValue.N.of(random.nextInt(-5, 6));
    }

    AttributeValue set() {
        int size = random.nextInt(1, 4);
        return switch (random.nextInt(3)) {
            case 0 -> {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    texts.add(pick(TEXTS));
                }
                yield Values.ss(texts.toArray(String[]::new));
            }
            case 1 -> Values.ns(random.longs(size, -3, 4).toArray());
            default -> Values.bs(pick(TEXTS), pick(TEXTS));
        };
    }

    private AttributeValue value(int nesting) {
        return switch (random.nextInt(nesting > 0 ? 11 : 7)) {
            case 0, 1 -> new AttributeValue.S(pick(TEXTS));
            case 2, 3 -> number();
            case 4 -> new AttributeValue.B(Bytes.wrap(pick(TEXTS).getBytes(StandardCharsets.UTF_8)));
            case 5 -> random.nextBoolean() ? new AttributeValue.Bool(random.nextBoolean()) : new AttributeValue.Null();
            case 6 -> set();
            case 7, 8 -> {
                List<AttributeValue> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(value(nesting - 1));
                }
                yield new AttributeValue.L(values);
            }
            default -> {
                TreeMap<String, AttributeValue> values = new TreeMap<>(Utf8Order.INSTANCE);
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.put(name(), value(nesting - 1));
                }
                yield new AttributeValue.M(values);
            }
        };
    }
}
