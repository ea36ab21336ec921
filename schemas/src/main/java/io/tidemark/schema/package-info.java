/** Identifiers and units that every module shares. Nothing in this module does I/O. */
@NullMarked
package io.tidemark.schema;

import org.jspecify.annotations.NullMarked;
