/** Attribute values and items, as DynamoDB defines them, with their limits and size accounting. */
@NullMarked
package io.tidemark.schema.value;

import org.jspecify.annotations.NullMarked;
