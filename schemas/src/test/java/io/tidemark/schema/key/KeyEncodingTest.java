package io.tidemark.schema.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.RandomCommands;
import io.tidemark.schema.Seeded;
import io.tidemark.schema.TableId;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Utf8Order;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyEncodingTest {
    private static final int CASES = 5_000;

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
        });
    }

    @Test
    void byteOrderIsTheOrderOfTheValues() {
        Seeded.times(CASES, random -> {
            RandomCommands commands = new RandomCommands(random);
            KeyType type = commands.keyType();
            AttributeValue left = commands.keyValue(type);
            AttributeValue right = commands.keyValue(type);
            int byBytes = Arrays.compareUnsigned(KeyValueEncoding.encode(left), KeyValueEncoding.encode(right));
            assertThat(Integer.signum(byBytes))
                    .as("%s and %s", left, right)
                    .isEqualTo(Integer.signum(compare(left, right)));
        });
    }

    static int compare(AttributeValue left, AttributeValue right) {
        return switch (left) {
            case AttributeValue.S text -> Utf8Order.INSTANCE.compare(text.value(), ((AttributeValue.S) right).value());
            case AttributeValue.N number -> number.value().compareTo(((AttributeValue.N) right).value());
            case AttributeValue.B binary -> binary.value().compareTo(((AttributeValue.B) right).value());
            default -> throw new IllegalArgumentException("no key value: " + left);
        };
    }
}
