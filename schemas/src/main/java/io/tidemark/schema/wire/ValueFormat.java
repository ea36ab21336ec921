package io.tidemark.schema.wire;

import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.AttributeMap;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import io.tidemark.schema.value.InvalidValueException;
import io.tidemark.schema.value.Item;
import io.tidemark.schema.value.Utf8Order;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Items, attribute values and primary keys by the schema {@code item.avsc}. */
final class ValueFormat {
    private static final int NULL = 0;
    private static final int BOOLEAN = 1;
    private static final int STRING = 2;
    private static final int BINARY = 3;
    private static final int NUMBER = 4;
    private static final int LIST = 5;
    private static final int MAP = 6;
    private static final int STRING_SET = 7;
    private static final int NUMBER_SET = 8;
    private static final int BINARY_SET = 9;
    private static final int BRANCHES = 10;

    /** 38 digits need 127 bits. */
    private static final int MAX_UNSCALED_BYTES = 16;

    private static final int MIN_SCALE = -Decimal.MAX_EXPONENT;
    private static final int MAX_SCALE = Decimal.MAX_PRECISION - 1 - Decimal.MIN_EXPONENT;

    private static final AttributeValue NULL_VALUE = new AttributeValue.Null();
    private static final AttributeValue TRUE = new AttributeValue.Bool(true);
    private static final AttributeValue FALSE = new AttributeValue.Bool(false);

    private ValueFormat() {}

    static void writeItem(WireWriter writer, Item item) {
        writeAttributes(writer, item.attributes(), 0);
    }

    static Item readItem(WireReader reader) throws UndecodableException {
        return new Item(readAttributes(reader, 0));
    }

    static void writeValue(WireWriter writer, AttributeValue value) {
        writeValue(writer, value, 0);
    }

    static AttributeValue readValue(WireReader reader) throws UndecodableException {
        return readValue(reader, 0);
    }

    static void writeKey(WireWriter writer, PrimaryKey key) {
        writeValue(writer, key.partition());
        writeOptional(writer, key.sort(), ValueFormat::writeValue);
    }

    static PrimaryKey readKey(WireReader reader) throws UndecodableException {
        AttributeValue partition = readValue(reader);
        return new PrimaryKey(partition, readOptional(reader, ValueFormat::readValue));
    }

    /** A union of null and one other type. */
    static <T> void writeOptional(WireWriter writer, Optional<T> value, BiConsumer<WireWriter, ? super T> element) {
        writer.writeInt(value.isPresent() ? 1 : 0);
        if (value.isPresent()) {
            element.accept(writer, value.get());
        }
    }

    static <T> Optional<T> readOptional(WireReader reader, WireReader.Element<T> element) throws UndecodableException {
        return reader.readIndex(2, "branch of an optional value") == 0
                ? Optional.empty()
                : Optional.of(element.read(reader));
    }

    private static void writeAttributes(WireWriter writer, Map<String, AttributeValue> attributes, int depth) {
        if (!attributes.isEmpty()) {
            writer.writeInt(attributes.size());
            for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
                writer.writeString(attribute.getKey());
                writeValue(writer, attribute.getValue(), depth);
            }
        }
        writer.writeInt(0);
    }

    private static void writeValue(WireWriter writer, AttributeValue value, int depth) {
        switch (value) {
            case AttributeValue.Null ignored -> writer.writeInt(NULL);
            case AttributeValue.Bool bool -> {
                writer.writeInt(BOOLEAN);
                writer.writeBoolean(bool.value());
            }
            case AttributeValue.S text -> {
                writer.writeInt(STRING);
                writer.writeString(text.value());
            }
            case AttributeValue.B binary -> {
                writer.writeInt(BINARY);
                writer.writeBytes(binary.value());
            }
            case AttributeValue.N number -> {
                writer.writeInt(NUMBER);
                writeNumber(writer, number.value());
            }
            case AttributeValue.L list -> {
                writer.writeInt(LIST);
                int inner = deeper(depth);
                writer.writeArray(list.values(), (w, element) -> writeValue(w, element, inner));
            }
            case AttributeValue.M map -> {
                writer.writeInt(MAP);
                writeAttributes(writer, map.values(), deeper(depth));
            }
            case AttributeValue.SS set -> {
                writer.writeInt(STRING_SET);
                writer.writeArray(set.values(), WireWriter::writeString);
            }
            case AttributeValue.NS set -> {
                writer.writeInt(NUMBER_SET);
                writer.writeArray(set.values(), ValueFormat::writeNumber);
            }
            case AttributeValue.BS set -> {
                writer.writeInt(BINARY_SET);
                writer.writeArray(set.values(), WireWriter::writeBytes);
            }
        }
    }

    private static void writeNumber(WireWriter writer, Decimal number) {
        writer.writeBytes(number.value().unscaledValue().toByteArray());
        writer.writeInt(number.value().scale());
    }

    private static AttributeValue readValue(WireReader reader, int depth) throws UndecodableException {
        return switch (reader.readIndex(BRANCHES, "type of attribute value")) {
            case NULL -> NULL_VALUE;
            case BOOLEAN -> reader.readBoolean() ? TRUE : FALSE;
            case STRING -> new AttributeValue.S(reader.readString());
            case BINARY -> new AttributeValue.B(reader.readBytes());
            case NUMBER -> new AttributeValue.N(readNumber(reader));
            case LIST -> {
                int inner = deeper(depth);
                yield new AttributeValue.L(reader.readArray(r -> readValue(r, inner)));
            }
            case MAP -> new AttributeValue.M(readAttributes(reader, deeper(depth)));
            case STRING_SET ->
                new AttributeValue.SS(
                        set(reader, reader.readArray(WireReader::readString), Utf8Order.INSTANCE, "string set"));
            case NUMBER_SET ->
                new AttributeValue.NS(set(
                        reader, reader.readArray(ValueFormat::readNumber), Comparator.naturalOrder(), "number set"));
            case BINARY_SET ->
                new AttributeValue.BS(
                        set(reader, reader.readArray(WireReader::readBytes), Comparator.naturalOrder(), "binary set"));
            default -> throw new UndecodableException("unknown type of attribute value");
        };
    }

    private static AttributeMap readAttributes(WireReader reader, int depth) throws UndecodableException {
        if (!reader.canonical()) {
            return AttributeMap.ofEntries(reader.readArray(r -> Map.entry(r.readString(), readValue(r, depth))));
        }
        int count = reader.readCount();
        String[] names = new String[Math.min(count, WireReader.MAX_INITIAL_CAPACITY)];
        AttributeValue[] values = new AttributeValue[names.length];
        for (int i = 0; i < count; i++) {
            if (i == names.length) {
                int capacity = Math.min(count, 2 * i);
                names = Arrays.copyOf(names, capacity);
                values = Arrays.copyOf(values, capacity);
            }
            names[i] = reader.readString();
            values[i] = readValue(reader, depth);
        }
        reader.readArrayEnd(count);
        return AttributeMap.ofSorted(names, values);
    }

    private static <T> TreeSet<T> set(WireReader reader, List<T> values, Comparator<? super T> order, String what)
            throws UndecodableException {
        if (reader.canonical()) {
            for (int i = 1; i < values.size(); i++) {
                if (order.compare(values.get(i - 1), values.get(i)) >= 0) {
                    throw new UndecodableException(what + " out of order");
                }
            }
        }
        TreeSet<T> set = new TreeSet<>(order);
        for (T value : values) {
            if (!set.add(value)) {
                throw new UndecodableException(what + " has an element twice");
            }
        }
        return set;
    }

    private static Decimal readNumber(WireReader reader) throws UndecodableException {
        byte[] unscaled = reader.readBytes().array();
        int scale = reader.readInt();
        if (unscaled.length == 0 || unscaled.length > MAX_UNSCALED_BYTES || scale < MIN_SCALE || scale > MAX_SCALE) {
            throw new UndecodableException("number of " + unscaled.length + " bytes and scale " + scale);
        }
        BigDecimal value = unscaled.length <= Long.BYTES
                ? BigDecimal.valueOf(toLong(unscaled), scale)
                : new BigDecimal(new BigInteger(unscaled), scale);
        Decimal number = new Decimal(value);
        boolean shortest = unscaled.length == 1 || unscaled[0] != unscaled[1] >> 7;
        if (!shortest || number.value().scale() != scale) {
            throw new UndecodableException("number is not in its shortest form");
        }
        return number;
    }

    private static long toLong(byte[] unscaled) {
        long value = unscaled[0];
        for (int i = 1; i < unscaled.length; i++) {
            value = (value << 8) | (unscaled[i] & 0xFF);
        }
        return value;
    }

    private static int deeper(int depth) {
        if (depth == AttributeValue.MAX_NESTING) {
            throw new InvalidValueException(
                    "Nesting Levels have exceeded supported limits: more than " + AttributeValue.MAX_NESTING);
        }
        return depth + 1;
    }
}
