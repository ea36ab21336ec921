/** Who sent a request, and what its sender may do. */
@NullMarked
package io.tidemark.router.auth;

import org.jspecify.annotations.NullMarked;
