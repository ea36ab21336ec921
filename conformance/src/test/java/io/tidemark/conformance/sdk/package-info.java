/** The clients that people use. */
@NullMarked
package io.tidemark.conformance.sdk;

import org.jspecify.annotations.NullMarked;
