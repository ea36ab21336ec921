/**
 * The parameters that came before expressions (Expected, QueryFilter, ScanFilter, KeyConditions, AttributeUpdates,
 * AttributesToGet), read into the trees that expressions are read into. Their operators are among those of expressions, so that
 * the state machine knows no difference.
 */
@NullMarked
package io.tidemark.router.legacy;

import org.jspecify.annotations.NullMarked;
