@NullMarked
package io.tidemark.router.operation.table;

import org.jspecify.annotations.NullMarked;
