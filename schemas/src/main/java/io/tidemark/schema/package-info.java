/** Records, values, ids, wire codec, key encoding and state hash of Tidemark: values in, values out, no I/O. */
@NullMarked
package io.tidemark.schema;

import org.jspecify.annotations.NullMarked;
