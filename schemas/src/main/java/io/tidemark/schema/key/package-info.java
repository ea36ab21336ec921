/** Key schemas, primary keys, their order-preserving encoding and the hash that places them. */
@NullMarked
package io.tidemark.schema.key;

import org.jspecify.annotations.NullMarked;
