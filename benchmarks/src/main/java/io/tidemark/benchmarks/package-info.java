/** JMH benchmarks of the hot paths. */
@NullMarked
package io.tidemark.benchmarks;

import org.jspecify.annotations.NullMarked;
