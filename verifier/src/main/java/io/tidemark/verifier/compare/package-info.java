/** Compares live replicas with the reference: first their digests, then, where those differ, their items. */
@NullMarked
package io.tidemark.verifier.compare;

import org.jspecify.annotations.NullMarked;
