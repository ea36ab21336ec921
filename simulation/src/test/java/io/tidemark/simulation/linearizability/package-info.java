/** A recorded history of clients, and the check that each item's operations could have happened one after the other. */
@org.jspecify.annotations.NullMarked
package io.tidemark.simulation.linearizability;
