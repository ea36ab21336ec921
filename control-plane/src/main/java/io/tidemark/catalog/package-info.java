/** The catalog of tables: a state machine over one log of its own. */
@NullMarked
package io.tidemark.catalog;

import org.jspecify.annotations.NullMarked;
