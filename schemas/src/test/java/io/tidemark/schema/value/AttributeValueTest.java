package io.tidemark.schema.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.RandomValues;
import io.tidemark.schema.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AttributeValueTest {
    /** In Java's own order this comes before the other, in the order of UTF-8 after it. */
    private static final String SUPPLEMENTARY = "\uD83D\uDE00";

    private static final String PRIVATE_USE = "\uE000";

    @Test
    void textIsOrderedByItsUtf8Bytes() {
        Seeded.times(5_000, random -> {
            RandomValues values = new RandomValues(random);
            String left = values.string();
            String right = values.string();
            int byBytes = Arrays.compareUnsigned(
                    left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(Utf8Order.INSTANCE.compare(left, right))).isEqualTo(Integer.signum(byBytes));
            assertThat(Utf8.length(left)).isEqualTo(left.getBytes(StandardCharsets.UTF_8).length);
        });
    }

    @Test
    void textThatUtf8CannotEncodeIsRefused() {
        for (String text : List.of("\uD800", "a\uDC00", "\uDC00\uD800", "\uD83D\uD83D\uDE00", "x\uD83D")) {
            assertThat(Utf8.isWellFormed(text)).isFalse();
            assertThatThrownBy(() -> new AttributeValue.S(text)).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> new AttributeValue.SS(sorted(text))).isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> Item.of(Map.of(text, new AttributeValue.Null())))
                    .isInstanceOf(InvalidValueException.class);
        }
        assertThat(new AttributeValue.S(SUPPLEMENTARY).value()).isEqualTo(SUPPLEMENTARY);
    }

    @Test
    void attributeNamesAreLimited() {
        String longest = "é".repeat(AttributeMap.MAX_NAME_BYTES / 2) + "e";
        assertThat(Item.of(Map.of(longest, new AttributeValue.Null())).get(longest))
                .isNotNull();
        assertThatThrownBy(() -> Item.of(Map.of(longest + "e", new AttributeValue.Null())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("65536");
        assertThatThrownBy(() -> AttributeValue.M.of(Map.of("", new AttributeValue.Null())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("Empty attribute name");
    }

    @Test
    void setsAreNotEmpty() {
        assertThatThrownBy(() -> new AttributeValue.SS(new TreeSet<>()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("An string set  may not be empty");
        assertThatThrownBy(() -> new AttributeValue.NS(new TreeSet<>()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("An number set  may not be empty");
        assertThatThrownBy(() -> new AttributeValue.BS(new TreeSet<>()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("An binary set  may not be empty");
    }

    @Test
    void setsHaveOneOrderWhateverTheOrderTheyWereGivenIn() {
        SortedSet<String> text = sorted(PRIVATE_USE, SUPPLEMENTARY);
        assertThat(text.first()).isEqualTo(SUPPLEMENTARY);
        assertThat(new AttributeValue.SS(text).values().first()).isEqualTo(PRIVATE_USE);
        TreeSet<Decimal> numbers = new TreeSet<>(Comparator.reverseOrder());
        numbers.addAll(List.of(Decimal.of(1), Decimal.of(2)));
        assertThat(new AttributeValue.NS(numbers).values()).containsExactly(Decimal.of(1), Decimal.of(2));
        TreeSet<Bytes> binaries = new TreeSet<>(Comparator.reverseOrder());
        binaries.addAll(List.of(Bytes.wrap(new byte[] {1}), Bytes.wrap(new byte[] {-1})));
        assertThat(new AttributeValue.BS(binaries).values().last()).isEqualTo(Bytes.wrap(new byte[] {-1}));
    }

    @Test
    void itemsDoNotChangeWithWhatTheyWereMadeFrom() {
        Map<String, AttributeValue> source = new HashMap<>(Map.of("a", new AttributeValue.Null()));
        Item item = Item.of(source);
        source.put("b", new AttributeValue.Null());
        assertThat(item.attributes()).containsOnlyKeys("a");
        assertThatThrownBy(() -> item.attributes().put("b", new AttributeValue.Null()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> item.attributes().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> item.attributes().remove("a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void attributesAreFoundAndOrderedLikeInATree() {
        Seeded.times(1_000, random -> {
            RandomValues values = new RandomValues(random);
            TreeMap<String, AttributeValue> tree = new TreeMap<>(Utf8Order.INSTANCE);
            for (int i = random.nextInt(12); i > 0; i--) {
                tree.put(values.nonEmptyString(), values.value(0));
            }
            var attributes = Item.of(new HashMap<>(tree)).attributes();
            assertThat(new ArrayList<>(attributes.entrySet())).isEqualTo(new ArrayList<>(tree.entrySet()));
            assertThat(attributes).isEqualTo(tree).hasSameHashCodeAs(tree);
            assertThat(tree).isEqualTo(attributes);
            String start = values.string();
            String end = values.string();
            assertThat(attributes.get(start)).isEqualTo(tree.get(start));
            assertThat(attributes.headMap(end)).isEqualTo(tree.headMap(end));
            assertThat(attributes.tailMap(start)).isEqualTo(tree.tailMap(start));
            if (Utf8Order.INSTANCE.compare(start, end) <= 0) {
                assertThat(attributes.subMap(start, end)).isEqualTo(tree.subMap(start, end));
            }
            if (!tree.isEmpty()) {
                assertThat(attributes.firstKey()).isEqualTo(tree.firstKey());
                assertThat(attributes.lastKey()).isEqualTo(tree.lastKey());
            }
        });
    }

    @Test
    void anEmptyItemHasNoFirstAttribute() {
        assertThatThrownBy(() -> Item.EMPTY.attributes().firstKey()).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> Item.EMPTY.attributes().lastKey()).isInstanceOf(NoSuchElementException.class);
        assertThat(Item.EMPTY.get("a")).isNull();
        assertThat(Item.EMPTY.attribute("a")).isEmpty();
    }

    private static SortedSet<String> sorted(String... values) {
        return new TreeSet<>(List.of(values));
    }
}
