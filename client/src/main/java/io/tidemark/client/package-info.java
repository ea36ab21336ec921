/** The client of the storage nodes, which goes to the next zone when one does not answer. */
@NullMarked
package io.tidemark.client;

import org.jspecify.annotations.NullMarked;
