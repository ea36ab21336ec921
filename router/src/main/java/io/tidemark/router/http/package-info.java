/** The API over HTTP: requests in, {@link io.tidemark.router.operation.Operation}s called, answers out. */
@NullMarked
package io.tidemark.router.http;

import org.jspecify.annotations.NullMarked;
