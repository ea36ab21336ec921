/** The loop that cuts, checks and uploads a shard's segments. */
@NullMarked
package io.tidemark.archiver.archive;

import org.jspecify.annotations.NullMarked;
