/** The DynamoDB-compatible API: what it is made of, and all of its operations. */
@NullMarked
package io.tidemark.router;

import org.jspecify.annotations.NullMarked;
