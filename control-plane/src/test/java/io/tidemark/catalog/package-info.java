@NullMarked
package io.tidemark.catalog;

import org.jspecify.annotations.NullMarked;
