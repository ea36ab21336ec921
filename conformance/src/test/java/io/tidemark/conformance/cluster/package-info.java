/** The cluster under test. */
@NullMarked
package io.tidemark.conformance.cluster;

import org.jspecify.annotations.NullMarked;
