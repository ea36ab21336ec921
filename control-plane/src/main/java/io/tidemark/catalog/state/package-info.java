/** The catalog's state and the pure function that applies records to it: no I/O, no clock, no randomness. */
@NullMarked
package io.tidemark.catalog.state;

import org.jspecify.annotations.NullMarked;
