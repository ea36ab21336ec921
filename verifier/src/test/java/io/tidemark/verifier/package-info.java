@NullMarked
package io.tidemark.verifier;

import org.jspecify.annotations.NullMarked;
