/** One role in a process of its own, as a configuration file says. */
@NullMarked
package io.tidemark.launcher.process;

import org.jspecify.annotations.NullMarked;
