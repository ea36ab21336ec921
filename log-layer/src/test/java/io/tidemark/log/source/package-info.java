@NullMarked
package io.tidemark.log.source;

import org.jspecify.annotations.NullMarked;
