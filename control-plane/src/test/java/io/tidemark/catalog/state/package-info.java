@NullMarked
package io.tidemark.catalog.state;

import org.jspecify.annotations.NullMarked;
