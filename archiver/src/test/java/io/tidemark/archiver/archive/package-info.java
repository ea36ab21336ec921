@NullMarked
package io.tidemark.archiver.archive;

import org.jspecify.annotations.NullMarked;
