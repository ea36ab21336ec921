/** How commands speak: tables and progress for people, JSON for programs. */
@NullMarked
package io.tidemark.launcher.output;

import org.jspecify.annotations.NullMarked;
