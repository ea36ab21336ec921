/** The {@code bench} command: measures a whole cluster against what its parts could do at best, in one run. */
@NullMarked
package io.tidemark.launcher.bench;

import org.jspecify.annotations.NullMarked;
