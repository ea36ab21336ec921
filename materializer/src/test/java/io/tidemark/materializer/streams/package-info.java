/** Zone applications on brokers in this process. */
@NullMarked
package io.tidemark.materializer.streams;

import org.jspecify.annotations.NullMarked;
