/** Faults of the whole system, over processes. */
@org.jspecify.annotations.NullMarked
package io.tidemark.simulation;
