/** Runs the source bindings that stand in the catalog. */
@NullMarked
package io.tidemark.catalog.binding;

import org.jspecify.annotations.NullMarked;
