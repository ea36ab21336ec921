@NullMarked
package io.tidemark.archiver.object;

import org.jspecify.annotations.NullMarked;
