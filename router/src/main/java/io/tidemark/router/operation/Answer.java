package io.tidemark.router.operation;

import io.tidemark.schema.Bytes;

/**
 * What an operation gave.
 *
 * @param json one object in UTF-8
 * @param readToken what a later read must at least see to see this; {@link ReadToken#NONE} of what wrote nothing
 */
public record Answer(Bytes json, ReadToken readToken) {
    public static Answer of(Bytes json) {
        return new Answer(json, ReadToken.NONE);
    }
}
