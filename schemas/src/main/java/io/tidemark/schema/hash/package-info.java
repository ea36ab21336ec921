/** State-hash arithmetic: 256 lanes of sums modulo 2^256. */
@NullMarked
package io.tidemark.schema.hash;

import org.jspecify.annotations.NullMarked;
