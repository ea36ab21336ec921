@NullMarked
package io.tidemark.launcher.item;

import org.jspecify.annotations.NullMarked;
