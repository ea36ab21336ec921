package io.tidemark.router.operation;

import io.tidemark.schema.Bytes;

/**
 * What an operation gave.
 *
 * @param json one object in UTF-8, or nothing
 * @param readToken what a later read must at least see to see this; {@link ReadToken#NONE} of what wrote nothing
 */
public record Answer(Bytes json, ReadToken readToken) {
    /** Of an operation that has nothing to say, and no body to say it in. */
    public static final Answer EMPTY = of(Bytes.EMPTY);

    public static Answer of(Bytes json) {
        return new Answer(json, ReadToken.NONE);
    }
}
