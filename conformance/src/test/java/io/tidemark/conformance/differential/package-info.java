/** The same random requests to Tidemark and to DynamoDB Local, and the answers compared. */
@NullMarked
package io.tidemark.conformance.differential;

import org.jspecify.annotations.NullMarked;
