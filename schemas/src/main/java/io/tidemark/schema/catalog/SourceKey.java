package io.tidemark.schema.catalog;

import java.util.Optional;

/** Where the primary key of a source record comes from. */
public sealed interface SourceKey {
    /**
     * The Kafka record's own key is the value of the partition key: the text of a string or number in UTF-8, or the bytes
     * themselves. A sort key, where the table has one, is the field of that name. A record key that is a JSON object of exactly
     * the table's key attributes gives all of them instead. A null value deletes the item, if the record key gives its whole
     * primary key.
     */
    record RecordKey() implements SourceKey {}

    /**
     * Fields of the record's value, under whatever name; they are stored under the names of the table's key attributes.
     *
     * @param sort present if and only if the table has a sort key
     */
    record Fields(String partition, Optional<String> sort) implements SourceKey {
        public Fields {
            if (partition.isEmpty() || sort.filter(String::isEmpty).isPresent()) {
                throw new IllegalArgumentException("a key field needs a name");
            }
        }
    }

    SourceKey RECORD_KEY = new RecordKey();
}
