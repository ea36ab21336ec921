/** The object store as the archive needs it. */
@NullMarked
package io.tidemark.archiver.object;

import org.jspecify.annotations.NullMarked;
