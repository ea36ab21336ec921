/** Items, keys, conditions and updates as they are written on a command line and in JSON. */
@NullMarked
package io.tidemark.launcher.item;

import org.jspecify.annotations.NullMarked;
