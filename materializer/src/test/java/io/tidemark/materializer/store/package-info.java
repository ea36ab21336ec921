/** Both stores under one contract; damage, crashes and determinism of the one on disk. */
@NullMarked
package io.tidemark.materializer.store;

import org.jspecify.annotations.NullMarked;
