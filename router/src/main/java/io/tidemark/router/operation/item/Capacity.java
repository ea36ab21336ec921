package io.tidemark.router.operation.item;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/**
 * Capacity units as DynamoDB counts them. Source: "Capacity unit consumption" of the DynamoDB developer guide. What touches
 * nothing costs as much as the smallest item.
 */
final class Capacity {
    private static final int WRITE_UNIT_BYTES = 1_024;
    private static final int READ_UNIT_BYTES = 4_096;
    private static final double EVENTUAL_SHARE = 0.5;

    /** {@code ReturnConsumedCapacity}. */
    enum Detail {
        NONE,
        TOTAL,
        INDEXES;

        static Detail of(Parameters input) {
            return input.text("ReturnConsumedCapacity").map(Detail::valueOf).orElse(NONE);
        }
    }

    private Capacity() {}

    /** The larger of an item's sizes before and after decides. */
    static double ofWrite(int oldSizeBytes, int newSizeBytes) {
        return units(Math.max(oldSizeBytes, newSizeBytes), WRITE_UNIT_BYTES);
    }

    /** @param consistent whether the client asked for a consistent read; others cost half */
    static double ofRead(int sizeBytes, boolean consistent) {
        return units(sizeBytes, READ_UNIT_BYTES) * (consistent ? 1 : EVENTUAL_SHARE);
    }

    private static double units(int sizeBytes, int unitBytes) {
        return Math.max(1, Math.ceilDiv(sizeBytes, unitBytes));
    }

    /** The member {@code ConsumedCapacity}, where it was asked for. */
    static void writeMember(JsonGenerator out, Detail detail, String tableName, double units) throws IOException {
        if (detail != Detail.NONE) {
            out.writeFieldName("ConsumedCapacity");
            write(out, detail, tableName, units);
        }
    }

    /** The member {@code ConsumedCapacity} of a batch, one element for each table, where it was asked for. */
    static void writeList(JsonGenerator out, Detail detail, Map<String, Double> unitsByTable) throws IOException {
        if (detail != Detail.NONE) {
            out.writeArrayFieldStart("ConsumedCapacity");
            for (Map.Entry<String, Double> table : unitsByTable.entrySet()) {
                write(out, detail, table.getKey(), table.getValue());
            }
            out.writeEndArray();
        }
    }

    private static void write(JsonGenerator out, Detail detail, String tableName, double units) throws IOException {
        out.writeStartObject();
        out.writeStringField("TableName", tableName);
        out.writeNumberField("CapacityUnits", units);
        if (detail == Detail.INDEXES) {
            out.writeObjectFieldStart("Table");
            out.writeNumberField("CapacityUnits", units);
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
