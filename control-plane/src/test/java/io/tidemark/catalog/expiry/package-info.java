@NullMarked
package io.tidemark.catalog.expiry;

import org.jspecify.annotations.NullMarked;
