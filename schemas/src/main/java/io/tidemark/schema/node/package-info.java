/** The protocol of a storage node: requests, replies and errors. */
@NullMarked
package io.tidemark.schema.node;

import org.jspecify.annotations.NullMarked;
