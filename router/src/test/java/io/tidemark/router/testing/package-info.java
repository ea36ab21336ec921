/** A cluster in this process, small and without brokers, for tests of the API over it. */
@NullMarked
package io.tidemark.router.testing;

import org.jspecify.annotations.NullMarked;
