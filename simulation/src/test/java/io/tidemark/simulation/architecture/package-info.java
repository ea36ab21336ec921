/** Rules that no single module can check: who may know whom, and what no main code may call. */
@org.jspecify.annotations.NullMarked
package io.tidemark.simulation.architecture;
