/** What each operation of the API does with a decoded request. */
@NullMarked
package io.tidemark.router.operation;

import org.jspecify.annotations.NullMarked;
