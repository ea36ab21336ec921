/**
 * Expressions as text, read into the trees that the state machine evaluates. What a text means by itself is cached; names and
 * values are put in for each request.
 */
@NullMarked
package io.tidemark.router.expression;

import org.jspecify.annotations.NullMarked;
