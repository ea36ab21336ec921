@NullMarked
package io.tidemark.launcher.command;

import org.jspecify.annotations.NullMarked;
