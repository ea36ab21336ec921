package io.tidemark.schema.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.command.BarrierKind;
import io.tidemark.schema.command.InvalidReason;
import io.tidemark.schema.command.RejectReason;
import io.tidemark.schema.command.ReturnValues;
import io.tidemark.schema.expression.AttributeType;
import io.tidemark.schema.expression.Comparator;
import io.tidemark.schema.key.KeyType;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void enumSymbolsHaveTheOrderOfTheJavaConstants() {
        assertSameSymbols(io.tidemark.schema.avro.AttributeType.getClassSchema(), AttributeType.values());
        assertSameSymbols(io.tidemark.schema.avro.BarrierKind.getClassSchema(), BarrierKind.values());
        assertSameSymbols(io.tidemark.schema.avro.Comparator.getClassSchema(), Comparator.values());
        assertSameSymbols(io.tidemark.schema.avro.InvalidReason.getClassSchema(), InvalidReason.values());
        assertSameSymbols(io.tidemark.schema.avro.KeyType.getClassSchema(), KeyType.values());
        assertSameSymbols(io.tidemark.schema.avro.RejectReason.getClassSchema(), RejectReason.values());
        assertSameSymbols(io.tidemark.schema.avro.ReturnValues.getClassSchema(), ReturnValues.values());
    }

    @Test
    void fingerprintsAreThoseOfTheFirstRelease() {
        assertThat(fingerprint(io.tidemark.schema.avro.Item.getClassSchema())).isEqualTo("29ecb13e7c223de7");
        assertThat(fingerprint(io.tidemark.schema.avro.Envelope.getClassSchema()))
                .isEqualTo("f9c4bc58772a3e21");
        assertThat(fingerprint(io.tidemark.schema.avro.Outcome.getClassSchema()))
                .isEqualTo("fdfd167a3a597058");
    }

    private static String fingerprint(Schema schema) {
        return Long.toHexString(SchemaNormalization.parsingFingerprint64(schema));
    }

    private static void assertSameSymbols(Schema schema, Enum<?>[] constants) {
        List<String> names = Arrays.stream(constants).map(Enum::name).toList();
        assertThat(schema.getEnumSymbols()).isEqualTo(names);
    }
}
