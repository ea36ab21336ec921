@NullMarked
package io.tidemark.catalog.reconcile;

import org.jspecify.annotations.NullMarked;
