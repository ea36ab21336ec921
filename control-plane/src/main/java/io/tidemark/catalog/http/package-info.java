/** The control role's HTTP API in JSON, and its client. */
@NullMarked
package io.tidemark.catalog.http;

import org.jspecify.annotations.NullMarked;
