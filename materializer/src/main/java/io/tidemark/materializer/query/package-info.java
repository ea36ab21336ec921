/** Reads of a replica, and the server of a storage node. */
@NullMarked
package io.tidemark.materializer.query;

import org.jspecify.annotations.NullMarked;
