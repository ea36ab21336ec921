/** The stores that hold one replica: items, applied LSN and state-hash lanes change in one batch. */
@NullMarked
package io.tidemark.materializer.store;

import org.jspecify.annotations.NullMarked;
