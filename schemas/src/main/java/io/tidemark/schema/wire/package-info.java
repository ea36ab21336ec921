/** Avro single-object encodings of commands, outcomes and items, and the WAL record itself. */
@NullMarked
package io.tidemark.schema.wire;

import org.jspecify.annotations.NullMarked;
