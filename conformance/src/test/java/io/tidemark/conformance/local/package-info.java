/** DynamoDB Local as a process. */
@NullMarked
package io.tidemark.conformance.local;

import org.jspecify.annotations.NullMarked;
