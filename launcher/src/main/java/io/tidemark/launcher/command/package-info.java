/** The commands, one class each: they parse, call and print. */
@NullMarked
package io.tidemark.launcher.command;

import org.jspecify.annotations.NullMarked;
