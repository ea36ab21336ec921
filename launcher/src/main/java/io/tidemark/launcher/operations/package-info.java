/** What a process serves to its operators besides its own protocol: the log, the archive, metrics. */
@NullMarked
package io.tidemark.launcher.operations;

import org.jspecify.annotations.NullMarked;
