package io.tidemark.log.source;

import io.tidemark.schema.Bytes;
import io.tidemark.schema.value.AttributeValue;
import java.util.Map;

/** Reads the values of a source topic. */
interface ValueReader {
    /**
     * The attributes that a value holds, in a new map that the caller may change.
     *
     * @throws InvalidSourceRecordException if the bytes are no such value
     * @throws io.tidemark.schema.value.InvalidValueException if a part of it is no attribute value
     */
    Map<String, AttributeValue> read(Bytes value) throws InvalidSourceRecordException;
}
