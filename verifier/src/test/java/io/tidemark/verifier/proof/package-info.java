@NullMarked
package io.tidemark.verifier.proof;

import org.jspecify.annotations.NullMarked;
