@NullMarked
package io.tidemark.launcher.bench;

import org.jspecify.annotations.NullMarked;
