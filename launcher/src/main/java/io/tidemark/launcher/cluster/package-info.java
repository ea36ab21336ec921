/** A whole cluster: in this process, or one that runs elsewhere. */
@NullMarked
package io.tidemark.launcher.cluster;

import org.jspecify.annotations.NullMarked;
