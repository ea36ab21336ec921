/** Reference replicas rebuilt from the archive alone, and their comparison with the live replicas. */
@NullMarked
package io.tidemark.verifier;

import org.jspecify.annotations.NullMarked;
