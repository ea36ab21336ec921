/** Proves an archive from its bucket alone. */
@NullMarked
package io.tidemark.verifier.proof;

import org.jspecify.annotations.NullMarked;
