/** Brings the shards to what the catalog says: opens the tables that are being created and purges those being deleted. */
@NullMarked
package io.tidemark.catalog.reconcile;

import org.jspecify.annotations.NullMarked;
