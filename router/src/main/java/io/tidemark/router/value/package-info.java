/** Attribute values in DynamoDB's JSON: decoded with the checks and messages of the service, and written. */
@NullMarked
package io.tidemark.router.value;

import org.jspecify.annotations.NullMarked;
