/** The demo: one day of Wikipedia edits through the whole of Tidemark, with a check after each step. */
@NullMarked
package io.tidemark.launcher.demo;

import org.jspecify.annotations.NullMarked;
