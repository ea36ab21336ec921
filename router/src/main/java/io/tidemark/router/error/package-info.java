/** The errors of the API: the one place that holds their names and texts. */
@NullMarked
package io.tidemark.router.error;

import org.jspecify.annotations.NullMarked;
