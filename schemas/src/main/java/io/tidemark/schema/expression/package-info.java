/** Condition, projection and update expressions as trees; evaluated by the state machine, parsed elsewhere. */
@NullMarked
package io.tidemark.schema.expression;

import org.jspecify.annotations.NullMarked;
