package io.tidemark.schema.catalog;

/** How the values of a source topic are written. */
public sealed interface SourceFormat {
    /** A JSON object in UTF-8; its fields become the attributes. */
    record Json() implements SourceFormat {}

    /**
     * Avro binary of one record schema, plain or in the single-object frame of that schema.
     *
     * @param schema the schema that the values were written with, as JSON
     */
    record Avro(String schema) implements SourceFormat {
        /** Bounds what a binding adds to the catalog. */
        public static final int MAX_SCHEMA_CHARACTERS = 65_536;

        public Avro {
            if (schema.isBlank() || schema.length() > MAX_SCHEMA_CHARACTERS) {
                throw new IllegalArgumentException("an Avro schema has 1 to " + MAX_SCHEMA_CHARACTERS
                        + " characters, this one has " + schema.length());
            }
        }
    }

    SourceFormat JSON = new Json();
}
