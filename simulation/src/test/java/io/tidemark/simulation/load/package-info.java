/** Writers, the ledger of what they were answered, and the check of what is there afterwards against it. */
@org.jspecify.annotations.NullMarked
package io.tidemark.simulation.load;
