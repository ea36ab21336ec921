@NullMarked
package io.tidemark.archiver.segment;

import org.jspecify.annotations.NullMarked;
