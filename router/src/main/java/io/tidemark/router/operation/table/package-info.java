/** The operations on tables, their tags and their time to live. */
@NullMarked
package io.tidemark.router.operation.table;

import org.jspecify.annotations.NullMarked;
