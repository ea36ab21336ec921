package io.tidemark.router.legacy;

import io.tidemark.router.error.LegacyErrors;
import io.tidemark.schema.expression.DocumentPath;
import io.tidemark.schema.value.AttributeMap;
import io.tidemark.schema.value.Utf8;

/** Names of top-level attributes: these parameters know no paths, and take dots and brackets for parts of the name. */
final class AttributeNames {
    private AttributeNames() {}

    static DocumentPath path(String name) {
        if (name.isEmpty() || !Utf8.isWellFormed(name)) {
            throw LegacyErrors.emptyAttributeName();
        }
        if (Utf8.length(name) > AttributeMap.MAX_NAME_BYTES) {
            throw LegacyErrors.attributeNameTooLong();
        }
        return DocumentPath.of(name);
    }
}
