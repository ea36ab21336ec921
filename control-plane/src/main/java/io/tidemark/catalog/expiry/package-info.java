/** Time to live: finds items that have expired, and deletes them by records in the log. */
@NullMarked
package io.tidemark.catalog.expiry;

import org.jspecify.annotations.NullMarked;
