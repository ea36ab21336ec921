@NullMarked
package io.tidemark.verifier.reference;

import org.jspecify.annotations.NullMarked;
