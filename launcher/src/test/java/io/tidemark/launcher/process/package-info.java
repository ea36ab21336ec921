@NullMarked
package io.tidemark.launcher.process;

import org.jspecify.annotations.NullMarked;
