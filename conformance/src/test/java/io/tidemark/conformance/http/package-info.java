/** The API as raw requests and answers. */
@NullMarked
package io.tidemark.conformance.http;

import org.jspecify.annotations.NullMarked;
