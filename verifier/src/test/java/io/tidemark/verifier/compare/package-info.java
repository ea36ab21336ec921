@NullMarked
package io.tidemark.verifier.compare;

import org.jspecify.annotations.NullMarked;
