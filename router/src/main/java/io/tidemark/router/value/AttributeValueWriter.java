package io.tidemark.router.value;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Decimal;
import java.io.IOException;
import java.util.Map;

/** Writes attribute values; no part of them is copied. */
final class AttributeValueWriter {
    private static final SerializedString S = new SerializedString("S");
    private static final SerializedString N = new SerializedString("N");
    private static final SerializedString B = new SerializedString("B");
    private static final SerializedString BOOL = new SerializedString("BOOL");
    private static final SerializedString NULL = new SerializedString("NULL");
    private static final SerializedString L = new SerializedString("L");
    private static final SerializedString M = new SerializedString("M");
    private static final SerializedString SS = new SerializedString("SS");
    private static final SerializedString NS = new SerializedString("NS");
    private static final SerializedString BS = new SerializedString("BS");

    private AttributeValueWriter() {}

    static void writeMap(JsonGenerator out, Map<String, AttributeValue> attributes) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
            out.writeFieldName(attribute.getKey());
            write(out, attribute.getValue());
        }
        out.writeEndObject();
    }

    static void write(JsonGenerator out, AttributeValue value) throws IOException {
        out.writeStartObject();
        switch (value) {
            case AttributeValue.S text -> {
                out.writeFieldName(S);
                out.writeString(text.value());
            }
            case AttributeValue.N number -> {
                out.writeFieldName(N);
                out.writeString(number.value().toString());
            }
            case AttributeValue.B binary -> {
                out.writeFieldName(B);
                out.writeBinary(binary.value().array());
            }
            case AttributeValue.Bool bool -> {
                out.writeFieldName(BOOL);
                out.writeBoolean(bool.value());
            }
            case AttributeValue.Null nothing -> {
                out.writeFieldName(NULL);
                out.writeBoolean(true);
            }
            case AttributeValue.L list -> writeList(out, list);
            case AttributeValue.M map -> {
                out.writeFieldName(M);
                writeMap(out, map.values());
            }
            case AttributeValue.SS set -> writeTexts(out, set);
            case AttributeValue.NS set -> writeNumbers(out, set);
            case AttributeValue.BS set -> writeBinaries(out, set);
        }
        out.writeEndObject();
    }

    private static void writeList(JsonGenerator out, AttributeValue.L list) throws IOException {
        out.writeFieldName(L);
        out.writeStartArray();
        for (AttributeValue element : list.values()) {
            write(out, element);
        }
        out.writeEndArray();
    }

    private static void writeTexts(JsonGenerator out, AttributeValue.SS set) throws IOException {
        out.writeFieldName(SS);
        out.writeStartArray();
        for (String element : set.values()) {
            out.writeString(element);
        }
        out.writeEndArray();
    }

    private static void writeNumbers(JsonGenerator out, AttributeValue.NS set) throws IOException {
        out.writeFieldName(NS);
        out.writeStartArray();
        for (Decimal element : set.values()) {
            out.writeString(element.toString());
        }
        out.writeEndArray();
    }

    private static void writeBinaries(JsonGenerator out, AttributeValue.BS set) throws IOException {
        out.writeFieldName(BS);
        out.writeStartArray();
        for (Bytes element : set.values()) {
            out.writeBinary(element.array());
        }
        out.writeEndArray();
    }
}
