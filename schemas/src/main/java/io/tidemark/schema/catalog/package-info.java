/**
 * The catalog of tables: what is asked of it, what it answers, and the commands that stand in its log.
 */
@NullMarked
package io.tidemark.schema.catalog;

import org.jspecify.annotations.NullMarked;
