/** The state machine: a pure function from a state view and a record to mutations and an outcome. */
@NullMarked
package io.tidemark.materializer.core;

import org.jspecify.annotations.NullMarked;
