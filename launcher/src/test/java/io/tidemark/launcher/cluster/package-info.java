@NullMarked
package io.tidemark.launcher.cluster;

import org.jspecify.annotations.NullMarked;
