/** The operations on items: one request becomes one command on the log, or one read of a replica. */
@NullMarked
package io.tidemark.router.operation.item;

import org.jspecify.annotations.NullMarked;
