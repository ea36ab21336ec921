/** The {@code tidemark} command: roles, the embedded cluster and the wiring of both. */
@NullMarked
package io.tidemark.launcher;

import org.jspecify.annotations.NullMarked;
