/** A cluster of operating-system processes, which tests start, kill and look into. */
@org.jspecify.annotations.NullMarked
package io.tidemark.simulation.process;
